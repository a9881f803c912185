// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const rounds = 2;
/** The kubelet starts a container anew at once, then after 10 s, 20 s, 40 s: one killed for ever would stay away for minutes. */
const mostKills = 3;

export default defineCase(
  {
    title:
      "Plug-ins killed again and again while volumes are made, snapshotted, restored and deleted lose no data and leave nothing behind",
    covers: ["fault/driver-restart"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore"],
    needs: { nodes: 2, zones: 1, nodeExec: true, sockets: true, alone: true },
    cost: { typicalSeconds: 120, limitSeconds: 900, volumes: 6, megabytes: 192 },
  },
  async ({ step, check, nodes, claims, pods, data, snapshots, backEnd, faults }) => {
    const [first, second] = nodes.workers.slice(0, 2).map(({ name }) => name);
    const before = await step("arrange", "the back end is listed", () => backEnd.list());
    const start = async (
      name: string,
      on: string | undefined,
      from?: Parameters<typeof claims.create>[0]["from"],
    ) => {
      const claim = await claims.create({
        name,
        class: "delayed",
        megabytes,
        ...(from === undefined ? {} : { from }),
      });
      return { claim, pod: await pods.start({ name, claim, ...(on === undefined ? {} : { on }) }) };
    };
    const story = async (name: string, on: string | undefined, keep: boolean) => {
      const old = { owner: name, generation: 1, megabytes: 2 };
      const young = { ...old, generation: 2 };
      const source = await start(name, on);
      await data.writeBlocks(source.pod, old);
      const snapshot = await snapshots.take({ name, of: source.claim });
      await snapshots.untilReady(snapshot);
      await data.writeBlocks(source.pod, young);
      const copy = await start(`${name}-copy`, on, snapshot);
      await data.expectBlocks(copy.pod, old);
      await data.expectBlocks(source.pod, young);
      await pods.delete(source.pod);
      await snapshots.delete(snapshot);
      await claims.delete(source.claim);
      await claims.untilGone(source.claim);
      if (keep) return { pod: copy.pod, contents: old };
      await pods.delete(copy.pod);
      await claims.delete(copy.claim);
      await claims.untilGone(copy.claim);
      return undefined;
    };
    const work = async (on: string | undefined, name: string) => {
      for (let round = 1; round < rounds; round++) await story(`${name}-${String(round)}`, on, false);
      return story(`${name}-${String(rounds)}`, on, true);
    };

    const kept = await step(
      "act",
      "stories run on two nodes while the plug-ins are killed in turn",
      async () => {
        const state = { over: false, kills: 0 };
        const working = Promise.all([work(first, "a"), work(second, "b"), work(second, "c")]).finally(() => {
          state.over = true;
        });
        const killing = async () => {
          while (!state.over && state.kills < mostKills) {
            await faults.killController();
            await Promise.all([first, second].map((node) => faults.killNodePlugin(node ?? "")));
            await faults.untilRecovered();
            state.kills += 1;
          }
        };
        const [pairs] = await Promise.all([working, killing()]);
        check.holds(
          "The plug-ins were killed meanwhile, and came back",
          state.kills > 1,
          String(state.kills),
        );
        return pairs;
      },
    );

    await step(
      "assert",
      "what was restored is whole, and the back end holds nothing that the API does not know",
      async () => {
        for (const one of kept) if (one !== undefined) await data.expectBlocks(one.pod, one.contents);
        await backEnd.nothingUnknownSince(before);
      },
    );
  },
);

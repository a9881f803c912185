// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 64;
const fitting = 2;
const burst = 4;

export default defineCase(
  {
    title: "Of a burst of pods a pool takes as many volumes as fit, whole, and the rest as space is freed",
    covers: ["local/no-overcommit", "topo/no-double-bind"],
    features: ["dynamic-provisioning", "delayed-binding", "topology", "capacity-objects"],
    needs: { nodes: 1, zones: 1, pools: true, nodeExec: true, alone: true },
    cost: { typicalSeconds: 40, limitSeconds: 360, volumes: burst, megabytes: burst * megabytes },
  },
  async ({ step, check, nodes, classes, claims, pods, data, place, pools, capacity }) => {
    const [home] = nodes.workers;
    if (home === undefined) return;
    const narrow = await step("arrange", "a pool has room for few volumes", async () => {
      const narrow = await classes.derive({
        name: "narrow",
        of: "delayed",
        allowedTopologies: place.terms([home]),
      });
      await pools.leave(home, fitting * megabytes + 16);
      await capacity.untilTrue(narrow, home);
      return narrow;
    });

    const all = await step("act", "more pods than fit ask for a volume each", () =>
      Promise.all(
        Array.from({ length: burst }, async (_unused, n) => {
          const claim = await claims.create({ name: `disk-${String(n)}`, class: narrow, megabytes });
          return { claim, created: await pods.create({ name: `pod-${String(n)}`, claim }) };
        }),
      ),
    );
    const claimOf = (name: string) =>
      all.find(({ created }) => created.name === name)?.claim ?? all[0]?.claim;

    const winners = await step(
      "assert",
      "as many run as fit, the others stay Pending for want of room",
      async () => {
        const settled = await pods.settled(
          all.map(({ created }) => created),
          { running: fitting, reason: "no-room" },
        );
        const { freeBytes, totalBytes } = await pools.of(home);
        check.holds(
          "The pool is not over-committed",
          freeBytes >= 0,
          `${String(freeBytes)} of ${String(totalBytes)}`,
        );
        return settled;
      },
    );

    await step(
      "assert",
      "each that runs has a whole volume to itself",
      async () => {
        const disks = await Promise.all(
          winners.map(async (pod) => {
            const claim = claimOf(pod.name);
            if (claim === undefined) throw new TypeError(`pod ${pod.name} is none of the burst`);
            const contents = { owner: pod.name, generation: 1, megabytes: 32 };
            await data.writeBlocks(pod, contents);
            const { handle } = await place.agrees({ pod, claim, binding: "delayed" });
            return { pod, contents, handle };
          }),
        );
        await Promise.all(disks.map(({ pod, contents }) => data.expectBlocks(pod, contents)));
        check.equal("No volume serves two pods", new Set(disks.map(({ handle }) => handle)).size, fitting);
      },
      "topo/no-double-bind",
    );

    await step("act", "one of them gives its volume back", async () => {
      const [first] = winners;
      const claim = first && claimOf(first.name);
      if (first === undefined || claim === undefined) return;
      await pods.delete(first);
      await claims.delete(claim);
      await claims.untilGone(claim);
    });

    await step(
      "assert",
      "one of those that waited runs in its place",
      async () => {
        const [gone] = winners;
        const left = all.map(({ created }) => created).filter(({ name }) => name !== gone?.name);
        await pods.settled(left, { running: fitting, reason: "no-room" });
      },
      "topo/no-double-bind",
    );
  },
);

// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = (generation: number) => ({ owner: "source", generation, megabytes: 4 });

export default defineCase(
  {
    title: "Source, snapshot and two restored volumes, all mounted on one node, keep their own bytes",
    covers: ["snap/isolation"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 30, limitSeconds: 300, volumes: 4, megabytes: 160 },
  },
  async ({ step, check, claims, pods, data, snapshots }) => {
    const volume = { class: "delayed", megabytes: 32 } as const;

    const { source, writer, moment } = await step(
      "arrange",
      "a snapshot holds the first generation",
      async () => {
        const source = await claims.create({ name: "source", ...volume });
        const writer = await pods.start({ name: "writer", claim: source });
        await data.writeBlocks(writer, contents(1));
        const moment = await snapshots.untilReady(await snapshots.take({ name: "moment", of: source }));
        return { source, writer, moment };
      },
    );

    const restore = async (name: string) => {
      const claim = await claims.create({ name, ...volume, from: moment });
      return { claim, pod: await pods.start({ name: `pod-${name}`, claim, on: writer.node }) };
    };

    const [one, two] = await step(
      "act",
      "it is restored twice at the same time, beside the source",
      async () => {
        const both = await Promise.all([restore("one"), restore("two")]);
        const handles = await Promise.all(both.map(({ claim }) => claims.volumeHandle(claim)));
        check.equal("The two restored volumes are two", new Set(handles).size, 2);
        return both;
      },
    );

    await step("act", "each of the three is overwritten with a generation of its own", async () => {
      await data.writeBlocks(one.pod, contents(2));
      await data.writeBlocks(two.pod, contents(3));
      await data.writeBlocks(writer, contents(4));
    });

    await step("assert", "each holds its own, while all are mounted", () =>
      Promise.all([
        data.expectBlocks(one.pod, contents(2)),
        data.expectBlocks(two.pod, contents(3)),
        data.expectBlocks(writer, contents(4)),
      ]),
    );

    await step("assert", "the snapshot still gives the first generation", async () => {
      const three = await restore("three");
      await data.expectBlocks(three.pod, contents(1));
    });

    await step("assert", "each holds its own on disk, mounted anew", async () => {
      await Promise.all([pods.delete(one.pod), pods.delete(writer)]);
      const [again, oneAgain] = await Promise.all([
        pods.start({ name: "writer-again", claim: source }),
        pods.start({ name: "one-again", claim: one.claim }),
      ]);
      await Promise.all([data.expectBlocks(again, contents(4)), data.expectBlocks(oneAgain, contents(2))]);
    });
  },
);

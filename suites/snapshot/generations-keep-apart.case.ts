// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = (generation: number) => ({ owner: "source", generation, megabytes: 4 });

export default defineCase(
  {
    title:
      "Several snapshots of one volume, and a snapshot of a restored one, each give their own generation",
    covers: ["snap/chain"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 40, limitSeconds: 300, volumes: 6, megabytes: 320 },
  },
  async ({ step, claims, pods, data, snapshots }) => {
    const volume = { class: "delayed", megabytes: 32 } as const;

    const { source, writer } = await step("arrange", "a volume is in use", async () => {
      const source = await claims.create({ name: "source", ...volume });
      return { source, writer: await pods.start({ name: "writer", claim: source }) };
    });

    const [one, two, three] = await step(
      "act",
      "a snapshot is taken of each of three generations",
      async () => {
        const cut = async (generation: number) => {
          await data.writeBlocks(writer, contents(generation));
          const name = `generation-${String(generation)}`;
          return snapshots.untilReady(await snapshots.take({ name, of: source }));
        };
        return [await cut(1), await cut(2), await cut(3)] as const;
      },
    );

    const restore = async (name: string, from: typeof one) => {
      const claim = await claims.create({ name, ...volume, from });
      return { claim, pod: await pods.start({ name: `pod-${name}`, claim, on: writer.node }) };
    };

    const second = await step("act", "the second is restored first, and holds the second", async () => {
      const second = await restore("second", two);
      await data.expectBlocks(second.pod, contents(2));
      return second;
    });

    await step("assert", "the third and the first, restored afterwards, hold theirs", async () => {
      const [third, first] = await Promise.all([restore("third", three), restore("first", one)]);
      await Promise.all([
        data.expectBlocks(third.pod, contents(3)),
        data.expectBlocks(first.pod, contents(1)),
      ]);
    });

    const ofRestored = await step(
      "act",
      "the restored second is written to and snapshotted in turn",
      async () => {
        await data.writeBlocks(second.pod, contents(4));
        return snapshots.untilReady(await snapshots.take({ name: "generation-4", of: second.claim }));
      },
    );

    await step("assert", "restored, that snapshot holds what was written", async () => {
      const fourth = await restore("fourth", ofRestored);
      await data.expectBlocks(fourth.pod, contents(4));
    });

    await step("assert", "the snapshot it descends from still holds the second", async () => {
      const again = await restore("second-again", two);
      await data.expectBlocks(again.pod, contents(2));
    });
  },
);

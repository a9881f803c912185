// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

// The blocks fill the whole device: what a restore leaves out at its end shows.
const megabytes = 32;
const first = { owner: "source", generation: 1, megabytes };
const second = { ...first, generation: 2 };
const third = { ...first, generation: 3 };

export default defineCase(
  {
    title: "A block volume restored from a snapshot holds every byte of the moment, from first to last",
    covers: ["snap/point-in-time", "snap/isolation"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore", "block-volume"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 20, limitSeconds: 300, volumes: 2, megabytes: 96 },
  },
  async ({ step, check, claims, pods, data, snapshots }) => {
    const block = { class: "delayed", mode: "Block", megabytes } as const;

    const { source, writer } = await step(
      "arrange",
      "a block volume is full of the first generation",
      async () => {
        const source = await claims.create({ name: "source", ...block });
        const writer = await pods.start({ name: "writer", claim: source });
        await data.writeBlocks(writer, first);
        await data.expectBlocks(writer, first);
        return { source, writer };
      },
    );

    const moment = await step("act", "a snapshot is taken while the device is in a pod", async () => {
      const moment = await snapshots.take({ name: "moment", of: source });
      return snapshots.untilReady(moment);
    });

    await step("act", "every block of the source is overwritten", () => data.writeBlocks(writer, second));

    const reader = await step("act", "the snapshot is restored into a block volume beside it", async () => {
      const restored = await claims.create({ name: "restored", ...block, from: moment });
      return pods.start({ name: "reader", claim: restored, on: writer.node });
    });

    await step("assert", "the restored device holds the first generation", async () => {
      const { kind, bytes } = await data.size(reader);
      check.equal("What the pod has is a device", kind, "device");
      check.holds("The device is as large as asked", bytes >= megabytes * 2 ** 20, `${String(bytes)} bytes`);
      await data.expectBlocks(reader, first);
    });

    await step(
      "assert",
      "what is written to one device does not show on the other",
      async () => {
        await data.expectBlocks(writer, second);
        await data.writeBlocks(reader, third);
        await Promise.all([data.expectBlocks(writer, second), data.expectBlocks(reader, third)]);
      },
      "snap/isolation",
    );
  },
);

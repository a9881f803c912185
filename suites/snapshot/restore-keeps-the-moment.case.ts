// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const before = { owner: "source", generation: 1, megabytes: 4 };
const after = { owner: "source", generation: 2, megabytes: 6 };

export default defineCase(
  {
    title:
      "A volume restored from a snapshot holds the data of the moment it was taken, and the source keeps its own",
    covers: ["snap/point-in-time", "snap/isolation", "snap/ready"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 2, megabytes: 192 },
  },
  async ({ step, claims, pods, data, snapshots }) => {
    const { source, writer } = await step("arrange", "a volume holds the first generation", async () => {
      const source = await claims.create({ name: "source", class: "delayed" });
      const writer = await pods.start({ name: "writer", claim: source });
      await Promise.all([data.writeBlocks(writer, before), data.writeTree(writer, before)]);
      await Promise.all([data.expectBlocks(writer, before), data.expectTree(writer, before)]);
      return { source, writer };
    });

    const moment = await step(
      "act",
      "a snapshot of the mounted volume becomes ready",
      async () => {
        const moment = await snapshots.take({ name: "moment", of: source });
        await snapshots.tellsTruth(await snapshots.untilReady(moment), source);
        return moment;
      },
      "snap/ready",
    );

    await step("act", "the source is overwritten, extended and partly deleted", async () => {
      await Promise.all([data.writeBlocks(writer, after), data.writeTree(writer, after)]);
    });

    const reader = await step(
      "act",
      "the snapshot is restored into a new claim, beside the source",
      async () => {
        const restored = await claims.create({ name: "restored", class: "delayed", from: moment });
        return pods.start({ name: "reader", claim: restored });
      },
    );

    await step("assert", "the restored volume holds exactly the first generation", async () => {
      await Promise.all([data.expectBlocks(reader, before), data.expectTree(reader, before)]);
    });

    await step(
      "assert",
      "the source still holds the second generation",
      async () => {
        await Promise.all([data.expectBlocks(writer, after), data.expectTree(writer, after)]);
      },
      "snap/isolation",
    );

    await step(
      "assert",
      "the source holds it on disk as well, mounted anew",
      async () => {
        await pods.delete(writer);
        const again = await pods.start({ name: "writer-again", claim: source });
        await Promise.all([data.expectBlocks(again, after), data.expectTree(again, after)]);
      },
      "snap/isolation",
    );
  },
);

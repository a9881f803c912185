// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = (generation: number) => ({ owner: "source", generation, megabytes: 8 });
// xfs is not made on less.
const megabytes = 300;

export default defineCase(
  {
    title: "An xfs volume is restored and mounted on the node where its source, of the same UUID, is mounted",
    covers: ["snap/isolation", "snap/point-in-time"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore", "xfs"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 30, limitSeconds: 300, volumes: 2, megabytes: 900 },
  },
  async ({ step, classes, claims, pods, data, snapshots }) => {
    const write = (pod: Parameters<typeof data.writeTree>[0], generation: number) =>
      Promise.all([data.writeBlocks(pod, contents(generation)), data.writeTree(pod, contents(generation))]);
    const expect = (pod: Parameters<typeof data.writeTree>[0], generation: number) =>
      Promise.all([data.expectBlocks(pod, contents(generation)), data.expectTree(pod, contents(generation))]);

    const { xfs, source, writer } = await step(
      "arrange",
      "an xfs volume holds the first generation",
      async () => {
        const xfs = await classes.derive({ name: "xfs", of: "delayed", fsType: "xfs" });
        const source = await claims.create({ name: "source", class: xfs, megabytes });
        const writer = await pods.start({ name: "writer", claim: source });
        await write(writer, 1);
        await expect(writer, 1);
        return { xfs, source, writer };
      },
    );

    const moment = await step(
      "act",
      "a snapshot of the mounted volume is taken, then the source overwritten",
      async () => {
        const moment = await snapshots.take({ name: "moment", of: source });
        await snapshots.untilReady(moment);
        await write(writer, 2);
        return moment;
      },
      "snap/point-in-time",
    );

    const reader = await step("act", "the restored volume is mounted beside its source", async () => {
      const restored = await claims.create({ name: "restored", class: xfs, megabytes, from: moment });
      return pods.start({ name: "reader", claim: restored, on: writer.node });
    });

    await step(
      "assert",
      "the restored volume holds the first generation",
      () => expect(reader, 1),
      "snap/point-in-time",
    );

    await step("assert", "writes to either do not show in the other, both mounted", async () => {
      await expect(writer, 2);
      await write(reader, 3);
      await Promise.all([expect(writer, 2), expect(reader, 3)]);
    });

    await step("assert", "nor when the source is mounted anew", async () => {
      await pods.delete(writer);
      const again = await pods.start({ name: "writer-again", claim: source });
      await Promise.all([expect(again, 2), expect(reader, 3)]);
    });
  },
);

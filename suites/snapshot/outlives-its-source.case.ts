// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "source", generation: 1, megabytes: 4 };

export default defineCase(
  {
    title:
      "A snapshot restores after its source is gone, and its own deletion leaves the restored volume as it is",
    covers: ["snap/survives-source"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 2, megabytes: 192 },
  },
  async ({ step, claims, pods, data, snapshots }) => {
    const { source, writer, moment } = await step(
      "arrange",
      "a snapshot of a volume with data is ready",
      async () => {
        const source = await claims.create({ name: "source", class: "delayed" });
        const writer = await pods.start({ name: "writer", claim: source });
        await Promise.all([data.writeBlocks(writer, contents), data.writeTree(writer, contents)]);
        const moment = await snapshots.untilReady(await snapshots.take({ name: "moment", of: source }));
        return { source, writer, moment };
      },
    );

    await step("act", "pod and claim of the source are deleted, and its volume goes", async () => {
      await pods.delete(writer);
      await claims.delete(source);
      await claims.untilGone(source);
    });

    const { restored, reader } = await step("act", "the snapshot is restored", async () => {
      const restored = await claims.create({ name: "restored", class: "delayed", from: moment });
      const reader = await pods.start({ name: "reader", claim: restored, on: writer.node });
      return { restored, reader };
    });

    await step("assert", "the restored volume holds the source's data", () =>
      Promise.all([data.expectBlocks(reader, contents), data.expectTree(reader, contents)]),
    );

    await step("act", "the snapshot is deleted", async () => {
      await snapshots.delete(moment);
      await snapshots.untilGone(moment);
      await snapshots.untilContentGone(moment);
    });

    await step("assert", "the restored volume still holds it, now and mounted anew", async () => {
      await Promise.all([data.expectBlocks(reader, contents), data.expectTree(reader, contents)]);
      await pods.delete(reader);
      const again = await pods.start({ name: "reader-again", claim: restored });
      await Promise.all([data.expectBlocks(again, contents), data.expectTree(again, contents)]);
    });
  },
);

// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "source", generation: 1, megabytes: 16 };

export default defineCase(
  {
    title:
      "A claim deleted while it is snapshotted and a snapshot deleted while it is restored take no data along",
    covers: ["snap/source-protection"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 2, megabytes: 192 },
  },
  async ({ step, claims, pods, data, snapshots }) => {
    const { source, writer } = await step(
      "arrange",
      "a volume that no pod uses any more has data",
      async () => {
        const source = await claims.create({ name: "source", class: "delayed" });
        const writer = await pods.start({ name: "writer", claim: source });
        await data.writeBlocks(writer, contents);
        await pods.delete(writer);
        return { source, writer };
      },
    );

    const moment = await step("act", "a snapshot is asked for, and the claim deleted at once", async () => {
      const seen = snapshots.untilProtecting(source);
      const asked = await snapshots.take({ name: "moment", of: source });
      await seen;
      await claims.delete(source);
      return snapshots.untilReady(asked);
    });

    await step("assert", "the claim and its volume go as soon as the snapshot is cut", () =>
      claims.untilGone(source),
    );

    const { restored, reader } = await step(
      "act",
      "a restore begins, and the snapshot is deleted at once",
      async () => {
        const restored = await claims.create({ name: "restored", class: "delayed", from: moment });
        const begun = snapshots.untilInUse(moment);
        const reader = await pods.create({ name: "reader", claim: restored, on: writer.node });
        await begun;
        await snapshots.delete(moment);
        return { restored, reader };
      },
    );

    await step("assert", "the restored volume holds the source's data", async () => {
      const running = await pods.untilReady(reader.name);
      await data.expectBlocks(running, contents);
    });

    await step("assert", "the snapshot goes when the restore has ended", async () => {
      await snapshots.untilGone(moment);
      await snapshots.untilContentGone(moment);
    });

    await step("assert", "the restored volume still holds it, mounted anew", async () => {
      await pods.delete(reader);
      const again = await pods.start({ name: "reader-again", claim: restored });
      await data.expectBlocks(again, contents);
    });
  },
);

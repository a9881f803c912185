// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const first = { owner: "source", generation: 1, megabytes: 4 };
const second = { ...first, generation: 2 };

export default defineCase(
  {
    title:
      "A deleted snapshot leaves the back end under Delete; under Retain it stays and comes back by its handle",
    covers: ["snap/delete-policy", "snap/pre-provisioned", "snap/ready"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore"],
    needs: { nodes: 1, zones: 1, nodeExec: true },
    cost: { typicalSeconds: 30, limitSeconds: 300, volumes: 2, megabytes: 128 },
  },
  async ({ step, check, claims, pods, data, snapshots, backEnd }) => {
    const volume = { class: "delayed", megabytes: 32 } as const;

    const { source, writer } = await step("arrange", "a volume holds the first generation", async () => {
      const source = await claims.create({ name: "source", ...volume });
      const writer = await pods.start({ name: "writer", claim: source });
      await data.writeBlocks(writer, first);
      return { source, writer };
    });

    const { passing, lasting } = await step(
      "act",
      "two snapshots are taken, one under each policy",
      async () => {
        const take = async (name: string, deletionPolicy: "Delete" | "Retain") => {
          const snapshotClass = await snapshots.deriveClass({ name, deletionPolicy });
          return snapshots.untilReady(await snapshots.take({ name, of: source, class: snapshotClass }));
        };
        const [passing, lasting] = await Promise.all([take("passing", "Delete"), take("lasting", "Retain")]);
        await data.writeBlocks(writer, second);
        return { passing, lasting };
      },
    );

    await step("act", "both are deleted", async () => {
      check.holds("The back end holds the first", await backEnd.holds(passing.handle), "it does not");
      await Promise.all([snapshots.delete(passing), snapshots.delete(lasting)]);
      await Promise.all([snapshots.untilGone(passing), snapshots.untilGone(lasting)]);
    });

    await step("assert", "under Delete nothing is left of it, in the API or in the back end", async () => {
      await snapshots.untilContentGone(passing);
      const left = await backEnd.holds(passing.handle);
      check.holds("The back end holds the snapshot no more", !left, `it still holds ${passing.handle}`);
    });

    await step("assert", "under Retain both are left, and the back end's outlives its content", async () => {
      check.holds("The content is left", await snapshots.hasContent(lasting), "it is gone");
      check.holds("The back end holds the snapshot", await backEnd.holds(lasting.handle), "it does not");
      await snapshots.deleteContent(lasting);
      check.holds("The back end still holds it", await backEnd.holds(lasting.handle), "it does not");
    });

    const { announced, restored, reader } = await step(
      "act",
      "a claim restores from a snapshot whose content is not there yet",
      async () => {
        const announced = await snapshots.announce("imported");
        const restored = await claims.create({ name: "restored", ...volume, from: announced });
        const reader = await pods.create({ name: "reader", claim: restored, on: writer.node });
        return { announced, restored, reader };
      },
      "snap/ready",
    );

    await step(
      "assert",
      "it waits, and an event says for what",
      () => claims.untilRefused(restored, /snapshot/i),
      "snap/ready",
    );

    const imported = await step(
      "act",
      "the content is provided, by the handle that was kept",
      async () => {
        await snapshots.provide(announced, lasting.handle, "Filesystem");
        const imported = await snapshots.untilReady(announced);
        check.equal("The snapshot is bound to the one of the back end", imported.handle, lasting.handle);
        return imported;
      },
      "snap/pre-provisioned",
    );

    const running = await step(
      "assert",
      "the claim is bound as soon as it is ready",
      () => pods.untilReady(reader.name),
      "snap/ready",
    );

    await step(
      "assert",
      "it holds the first generation",
      () => data.expectBlocks(running, first),
      "snap/pre-provisioned",
    );

    await step("assert", "deleted under Delete the imported one leaves the back end too", async () => {
      await snapshots.delete(imported);
      await snapshots.untilContentGone(imported);
      const left = await backEnd.holds(imported.handle);
      check.holds("The back end holds the snapshot no more", !left, `it still holds ${imported.handle}`);
    });
  },
);

// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "source", generation: 1, megabytes: 4 };

export default defineCase(
  {
    title:
      "A snapshot without a class takes the driver's default one; one whose class is not of its volume's driver is refused",
    covers: ["snap/class"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 2, megabytes: 96 },
  },
  async ({ step, check, claims, pods, data, snapshots }) => {
    const volume = { class: "delayed", megabytes: 32 } as const;

    const { source, writer } = await step("arrange", "a volume has data", async () => {
      const source = await claims.create({ name: "source", ...volume });
      const writer = await pods.start({ name: "writer", claim: source });
      await data.writeBlocks(writer, contents);
      return { source, writer };
    });

    await step(
      "assert",
      "a class of this driver takes no snapshot of another driver's volume, and says so",
      async () => {
        const words = await snapshots.takeForeign("foreign");
        check.holds("The snapshot is refused", words !== undefined, "it is ready to use");
      },
    );

    const moment = await step(
      "act",
      "a snapshot names no class, and the driver has a default one",
      async () => {
        await snapshots.deriveClass({ name: "default", isDefault: true });
        return snapshots.untilReady(await snapshots.take({ name: "plain", of: source, class: "none" }));
      },
    );

    await step("assert", "it is a snapshot of this driver, and restores", async () => {
      await snapshots.tellsTruth(moment, source);
      const restored = await claims.create({ name: "restored", ...volume, from: moment });
      const reader = await pods.start({ name: "reader", claim: restored, on: writer.node });
      await data.expectBlocks(reader, contents);
    });
  },
);

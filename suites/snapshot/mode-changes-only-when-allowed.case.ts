// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "source", generation: 1, megabytes: 4 };

export default defineCase(
  {
    title:
      "A restore changes between file system and device only when the snapshot's content allows it, and keeps the bytes",
    covers: ["snap/mode"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore", "block-volume"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 30, limitSeconds: 300, volumes: 3, megabytes: 160 },
  },
  async ({ step, check, claims, pods, data, snapshots }) => {
    const volume = { class: "delayed", megabytes: 32 } as const;

    const { writer, moment } = await step("arrange", "a mounted volume has a snapshot", async () => {
      const source = await claims.create({ name: "source", ...volume });
      const writer = await pods.start({ name: "writer", claim: source });
      await Promise.all([data.writeBlocks(writer, contents), data.writeTree(writer, contents)]);
      const moment = await snapshots.untilReady(await snapshots.take({ name: "moment", of: source }));
      return { writer, moment };
    });

    const device = await step("act", "it is restored as a block volume", async () => {
      const claim = await claims.create({ name: "device", ...volume, mode: "Block", from: moment });
      return { claim, pod: await pods.create({ name: "device", claim, on: writer.node }) };
    });

    await step("assert", "an event refuses it, and there is no volume", () =>
      claims.untilRefused(device.claim, /mode/i),
    );

    const holder = await step("act", "the content allows the change", async () => {
      await snapshots.allowModeChange(moment);
      const pod = await pods.untilReady(device.pod.name);
      const { kind } = await data.size(pod);
      check.equal("The pod has a device", kind, "device");
      return pod;
    });

    await step(
      "assert",
      "snapshotted as a device and restored as a file system, it has the data",
      async () => {
        const back = await snapshots.untilReady(await snapshots.take({ name: "back", of: device.claim }));
        await snapshots.allowModeChange(back);
        const claim = await claims.create({ name: "mounted", ...volume, from: back });
        const reader = await pods.start({ name: "reader", claim, on: holder.node });
        await Promise.all([data.expectBlocks(reader, contents), data.expectTree(reader, contents)]);
      },
    );
  },
);

// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
/** Every byte of the device. */
const contents = { owner: "device", generation: 1, megabytes };

export default defineCase(
  {
    title:
      "A block volume is a blank device of the size asked for, and keeps every byte from one pod to the next",
    covers: ["life/block"],
    features: ["dynamic-provisioning", "delayed-binding", "block-volume"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 20, limitSeconds: 300, volumes: 1, megabytes },
  },
  async ({ step, check, claims, pods, data }) => {
    const { claim, first } = await step("act", "a pod uses a claim of mode Block", async () => {
      const claim = await claims.create({ name: "device", class: "delayed", mode: "Block", megabytes });
      return { claim, first: await pods.start({ name: "first", claim }) };
    });
    const size = await step("assert", "it has a blank device of the size asked for", async () => {
      const size = await data.size(first);
      check.equal("What is at the pod's path", size.kind, "device");
      const isLarge = size.bytes >= megabytes * 2 ** 20;
      check.holds(`The device has ${String(megabytes)} MiB`, isLarge, `${String(size.bytes)} bytes`);
      await data.expectBlank(first);
      return size;
    });
    const second = await step("act", "it is written from first to last, and the pod replaced", async () => {
      await data.writeBlocks(first, contents);
      await pods.delete(first);
      return pods.start({ name: "second", claim });
    });
    await step("assert", "the next pod has the same device with the same bytes", async () => {
      check.equal("The size of the device", (await data.size(second)).bytes, size.bytes);
      await data.expectBlocks(second, contents);
    });
  },
);

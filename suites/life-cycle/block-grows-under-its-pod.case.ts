// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "tape", generation: 1, megabytes: 16 };
const [small, large] = [32, 64];

export default defineCase(
  {
    title: "A block volume grows under the pod that uses it, with its data",
    covers: ["life/expand", "life/block"],
    features: ["dynamic-provisioning", "delayed-binding", "expand", "block-volume"],
    // Alone: without device-mapper a device in use can only grow into what is free behind it, which others would take.
    needs: { nodes: 1, zones: 1, alone: true },
    cost: { typicalSeconds: 20, limitSeconds: 300, volumes: 1, megabytes: large },
  },
  async ({ step, check, classes, claims, pods, data, growth }) => {
    const { claim, pod } = await step("arrange", "a pod uses a device that holds data", async () => {
      const growing = await classes.derive({ name: "growing", of: "delayed", allowVolumeExpansion: true });
      const claim = await claims.create({ name: "tape", class: growing, mode: "Block", megabytes: small });
      const pod = await pods.start({ name: "pod", claim });
      await data.writeBlocks(pod, contents);
      return { claim, pod };
    });
    await step("act", "the claim asks for twice the size", async () => {
      await growth.ask(claim, large);
      await growth.untilDone(claim, large);
    });
    await step("assert", "the running pod has a device of the new size with the old bytes", async () => {
      const { bytes } = await data.size(pod);
      check.holds(`The device has ${String(large)} MiB`, bytes >= large * 2 ** 20, `${String(bytes)} bytes`);
      await data.expectBlocks(pod, contents);
    });
    await step("assert", "all of it can be written and read", async () => {
      const all = { ...contents, generation: 2, megabytes: large };
      await data.writeBlocks(pod, all);
      await data.expectBlocks(pod, all);
    });
  },
);

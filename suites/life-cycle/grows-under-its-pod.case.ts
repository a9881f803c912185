// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabyte = 2 ** 20;
const contents = { owner: "warehouse", generation: 1, megabytes: 4 };
// xfs is not made on less than 300 MiB.
const [small, large] = [300, 340];
/** Of the space that a file system gets, what it may keep for its own tables. */
const overhead = 0.2;

export default defineCase(
  {
    title: "A mounted xfs volume grows under the pod that uses it, with its data",
    covers: ["life/expand"],
    features: ["dynamic-provisioning", "delayed-binding", "expand", "xfs"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 30, limitSeconds: 400, volumes: 1, megabytes: large },
  },
  async ({ step, check, classes, claims, pods, data, growth }) => {
    const { claim, pod } = await step("arrange", "a pod uses a volume that holds data", async () => {
      const growing = { name: "growing", of: "delayed", fsType: "xfs", allowVolumeExpansion: true } as const;
      const xfs = await classes.derive(growing);
      const claim = await claims.create({ name: "warehouse", class: xfs, megabytes: small });
      const pod = await pods.start({ name: "pod", claim });
      await data.writeBlocks(pod, contents);
      return { claim, pod };
    });
    const before = await data.size(pod);

    await step("act", "the claim asks for more", async () => {
      await growth.ask(claim, large);
      await growth.untilDoneUnder(pod, claim, large);
    });

    await step("assert", "the running pod measures what was added", async () => {
      const { bytes } = await data.size(pod);
      const least = before.bytes + (large - small) * megabyte * (1 - overhead);
      check.atLeast(`The file system of ${String(before.bytes)} bytes has grown`, bytes, least);
    });

    await step("assert", "what was there is there, and what was added can be used", async () => {
      await data.expectBlocks(pod, contents);
      // More than it could have held before.
      const more = { ...contents, generation: 2, megabytes: Math.ceil(before.bytes / megabyte) + 8 };
      await data.writeBlocks(pod, more);
      await data.expectBlocks(pod, more);
    });
  },
);

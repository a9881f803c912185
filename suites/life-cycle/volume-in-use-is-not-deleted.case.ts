// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "disk", generation: 1, megabytes: 2 };

export default defineCase(
  {
    title: "DeleteVolume of a volume that a pod uses is refused, then and later: it outlives its pod",
    covers: ["life/protection"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, nodeExec: true, sockets: true },
    cost: { typicalSeconds: 20, limitSeconds: 400, volumes: 1, megabytes: 32 },
  },
  async ({ step, check, claims, pods, data, backEnd, csi }) => {
    const { claim, pod } = await step("arrange", "a pod uses a volume that holds data", async () => {
      const claim = await claims.create({ name: "disk", class: "delayed", megabytes: 32 });
      const pod = await pods.start({ name: "pod", claim });
      await data.writeBlocks(pod, contents);
      return { claim, pod };
    });
    const volumeId = await claims.volumeHandle(claim);

    await step("act", "the driver is asked to delete it", async () => {
      const answers = await csi.controller("DeleteVolume", { volumeId });
      for (const { code, message } of answers)
        check.holds(
          "DeleteVolume says FAILED_PRECONDITION, the specification's word for a volume in use",
          code === "FAILED_PRECONDITION",
          `${code} ${message}`.trim(),
        );
    });

    await step("assert", "the pod has its data, and so has the next one", async () => {
      await data.expectBlocks(pod, contents);
      await pods.delete(pod);
      check.holds("The back end holds the volume", await backEnd.holds(volumeId), "it does not");
      const next = await pods.start({ name: "next", claim });
      await data.expectBlocks(next, contents);
    });
  },
);

// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 64;
const contents = { owner: "gauge", generation: 1, megabytes: 24 };

export default defineCase(
  {
    title: "Driver and kubelet report a volume's size and free space as a program in its pod measures them",
    covers: ["life/stats"],
    features: ["dynamic-provisioning", "delayed-binding", "volume-stats"],
    needs: { nodes: 1, zones: 1, sockets: true },
    cost: { typicalSeconds: 75, limitSeconds: 400, volumes: 1, megabytes },
  },
  async ({ step, check, claims, pods, data, stats, csi }) => {
    const { claim, pod } = await step("arrange", "a pod has filled a part of its volume", async () => {
      const claim = await claims.create({ name: "gauge", class: "delayed", megabytes });
      const pod = await pods.start({ name: "pod", claim });
      await data.writeBlocks(pod, contents);
      return { claim, pod };
    });
    await step("assert", "the driver says what statfs says", async () => {
      const { publish, targetPath } = await csi.published(pod, claim);
      const request = { volumeId: publish["volumeId"], volumePath: targetPath };
      const [answer] = await csi.node(pod.node, "NodeGetVolumeStats", request);
      check.equal("NodeGetVolumeStats", answer?.code, "OK");
      const usage = answer?.response["usage"] as { unit: string; total: string; available: string }[];
      const bytes = usage.find(({ unit }) => unit === "BYTES");
      const { totalBytes, freeBytes } = await stats.measured(pod);
      check.equal("The size of the file system", Number(bytes?.total), totalBytes);
      check.equal("What is free of it", Number(bytes?.available), freeBytes);
      const filled = contents.megabytes * 2 ** 20;
      check.holds(
        "What was written is not free",
        totalBytes - freeBytes >= filled,
        `${String(freeBytes)} free`,
      );
    });
    await step("assert", "the kubelet reports the same", () => stats.untilReported(pod, claim));
  },
);

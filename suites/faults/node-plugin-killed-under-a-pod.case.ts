// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const contents = { owner: "disk", generation: 1, megabytes: 2 };

export default defineCase(
  {
    title:
      "A node plug-in killed under a running pod leaves its volume usable, and the volume comes back with its data for the next pod",
    covers: ["fault/driver-restart"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, nodeExec: true, sockets: true, alone: true },
    cost: { typicalSeconds: 35, limitSeconds: 600, volumes: 1, megabytes },
  },
  async ({ step, check, nodes, claims, pods, data, csi, faults }) => {
    const home = nodes.workers.at(-1);
    const nodeSelector = { "kubernetes.io/hostname": home?.labels["kubernetes.io/hostname"] ?? "" };
    const { claim, pod, published } = await step(
      "arrange",
      "a pod uses a volume that holds data",
      async () => {
        const claim = await claims.create({ name: "disk", class: "delayed", megabytes });
        const pod = await pods.start({ name: "pod", claim, nodeSelector });
        await data.writeBlocks(pod, contents);
        return { claim, pod, published: await csi.published(pod, claim) };
      },
    );
    await step("act", "the node plug-in is killed, and the pod goes on writing", async () => {
      await faults.killNodePlugin(pod.node);
      await data.expectBlocks(pod, contents);
      await data.writeBlocks(pod, { ...contents, generation: 2 });
      await faults.untilRecovered();
    });
    await step("assert", "the pod still reads what it wrote", () =>
      data.expectBlocks(pod, { ...contents, generation: 2 }),
    );
    await step("act", "the pod is replaced", async () => {
      await pods.delete(pod);
      const mounts = await csi.mountsAt(pod.node, published.targetPath);
      check.sameSet("Mounts left of the deleted pod", mounts, []);
      const next = await pods.start({ name: "next", claim });
      await data.expectBlocks(next, { ...contents, generation: 2 });
    });
  },
);

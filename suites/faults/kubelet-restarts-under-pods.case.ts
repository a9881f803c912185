// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const contentsOf = (owner: string) => ({ owner, generation: 1, megabytes: 2 });

export default defineCase(
  {
    title:
      "A kubelet and a container runtime that restart leave pods their volumes, mounted once, and take away those of pods deleted meanwhile",
    covers: ["fault/kubelet-restart"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, nodeExec: true, sockets: true, alone: true },
    cost: { typicalSeconds: 60, limitSeconds: 600, volumes: 2, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, pods, data, csi, faults }) => {
    const home = nodes.workers.at(-1);
    const nodeSelector = { "kubernetes.io/hostname": home?.labels["kubernetes.io/hostname"] ?? "" };
    const start = async (name: string) => {
      const claim = await claims.create({ name, class: "delayed", megabytes });
      const pod = await pods.start({ name, claim, nodeSelector });
      await data.writeBlocks(pod, contentsOf(name));
      return { pod, published: await csi.published(pod, claim) };
    };
    const [stays, goes] = await step("arrange", "two pods of a node use a volume each", () =>
      Promise.all([start("stays"), start("goes")]),
    );
    const { node } = stays.pod;

    await step("act", "one pod is deleted while the kubelet is stopped, which is then started", async () => {
      await faults.stopService(node, "kubelet");
      await pods.requestDeletion(goes.pod);
      await faults.startService(node, "kubelet");
      await pods.untilGone(goes.pod);
    });
    await step(
      "assert",
      "the deleted pod's volume is unmounted, the other is mounted once and has its data",
      async () => {
        check.sameSet(
          "Mounts left of the deleted pod",
          await csi.mountsAt(node, goes.published.targetPath),
          [],
        );
        const mounts = await csi.mountsAt(node, stays.published.targetPath);
        check.equal("Mounts at the other pod's path", mounts.length, 1);
        await data.expectBlocks(stays.pod, contentsOf("stays"));
      },
    );

    await step("act", "the container runtime restarts", async () => {
      await faults.stopService(node, "containerd");
      await faults.startService(node, "containerd");
    });
    await step("assert", "the pod reads and writes its volume, and a new pod gets one", async () => {
      await data.expectBlocks(stays.pod, contentsOf("stays"));
      await data.writeBlocks(stays.pod, { ...contentsOf("stays"), generation: 2 });
      await start("late");
      await data.expectBlocks(stays.pod, { ...contentsOf("stays"), generation: 2 });
    });
  },
);

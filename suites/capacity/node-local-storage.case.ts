// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

export default defineCase(
  {
    title:
      "A NodeLocalStorage object tells of each node's pool what LVM there says, and follows every change",
    covers: ["local/manager"],
    features: ["dynamic-provisioning", "delayed-binding", "node-local-storage"],
    needs: { nodes: 2, zones: 1, pools: true, nodeExec: true },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 1, megabytes: 64 },
  },
  async ({ step, nodes, claims, pods, localStorage }) => {
    await step("assert", "group, devices, sizes and logical volumes of every node agree", async () => {
      await Promise.all(nodes.workers.map((node) => localStorage.untilTrue(node)));
    });

    const { claim, pod } = await step("act", "a volume is cut", async () => {
      const claim = await claims.create({ name: "disk", class: "delayed" });
      return { claim, pod: await pods.start({ name: "pod", claim }) };
    });
    const home = nodes.named(pod.node);
    await step("assert", "its node's object lists it and has less available", () =>
      localStorage.untilTrue(home),
    );

    await step("act", "it is deleted", async () => {
      await pods.delete(pod);
      await claims.delete(claim);
      await claims.untilGone(claim);
    });
    await step("assert", "its node's object has the space again", () => localStorage.untilTrue(home));
  },
);

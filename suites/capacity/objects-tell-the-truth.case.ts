// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

export default defineCase(
  {
    title:
      "Capacity objects of every node give its pool's free space within one extent, before and after each change",
    covers: ["local/capacity-objects"],
    features: ["dynamic-provisioning", "delayed-binding", "topology", "capacity-objects"],
    needs: { nodes: 2, zones: 1, pools: true, nodeExec: true },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 1, megabytes: 128 },
  },
  async ({ step, check, nodes, claims, pods, pools, capacity }) => {
    const [home = nodes.workers[0]] = nodes.workers;
    if (home === undefined) return;

    await step("assert", "every node has one object, and it is true", async () => {
      await Promise.all(nodes.workers.map((node) => capacity.untilTrue("delayed", node)));
    });

    const { claim, pod } = await step("act", "a volume is cut on one node", async () => {
      const claim = await claims.create({ name: "disk", class: "delayed", megabytes: 128 });
      const pod = await pods.start({ name: "pod", claim, on: home.name });
      check.equal("The pod is on that node", pod.node, home.name);
      return { claim, pod };
    });
    await step("assert", "the object follows the creation", () => capacity.untilTrue("delayed", home));

    await step("act", "the pool loses space to something else", () => pools.leave(home, 256));
    await step("assert", "the object follows what was taken behind the driver's back", () =>
      capacity.untilTrue("delayed", home),
    );

    await step("act", "the volume is deleted", async () => {
      await pods.delete(pod);
      await claims.delete(claim);
      await claims.untilGone(claim);
    });
    await step("assert", "the object follows the deletion", () => capacity.untilTrue("delayed", home));
  },
);

// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

export default defineCase(
  {
    title: "Each node tells its limit of volumes, and a pod with one more is placed on none",
    covers: ["life/limits"],
    features: ["dynamic-provisioning", "delayed-binding", "volume-limits"],
    needs: { nodes: 1, zones: 1, sockets: true },
    // The claims are never provisioned: the pod that would use them all has no node.
    cost: { typicalSeconds: 15, limitSeconds: 200, volumes: 0, megabytes: 0 },
  },
  async ({ step, check, nodes, claims, pods, limits, csi }) => {
    await step("assert", "CSINode and driver say of each node what the profile says", async () => {
      for (const node of nodes.workers) {
        check.equal(`The limit in CSINode ${node.name}`, await limits.told(node), limits.claimed);
      }
      const [first] = nodes.workers;
      const [info] = await csi.node(first?.name ?? "", "NodeGetInfo", {});
      check.equal("The limit in NodeGetInfo", Number(info?.response["maxVolumesPerNode"]), limits.claimed);
    });
    const crowd = await step("act", "a pod asks for one volume more than any node can use", async () => {
      const names = Array.from({ length: limits.claimed + 1 }, (_unused, n) => `one-of-many-${String(n)}`);
      const [claim, ...also] = await Promise.all(
        names.map((name) => claims.create({ name, class: "delayed", megabytes: 16 })),
      );
      return pods.create({ name: "crowd", ...(claim === undefined ? {} : { claim }), also });
    });
    await step("assert", "the scheduler finds no node for it, for the number of its volumes", () =>
      pods.staysPending(crowd, "too-many-volumes"),
    );
  },
);

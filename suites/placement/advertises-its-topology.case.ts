// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

export default defineCase(
  {
    title: "Each node's CSINode has exactly the driver's topology keys, and each node a label for every one",
    covers: ["topo/advertise"],
    features: ["topology"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 1, limitSeconds: 60, volumes: 0, megabytes: 0 },
  },
  async ({ step, nodes, place }) => {
    await step("assert", "every worker is looked at, whether volumes ever land there or not", async () => {
      await Promise.all(nodes.workers.map((node) => place.advertised(node)));
    });
  },
);

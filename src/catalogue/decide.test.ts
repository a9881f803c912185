// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { sampleMeta } from "./catalogue.test-data.ts";
import { type Offer, countNodes, decide } from "./decide.ts";

const offer: Offer = {
  features: ["dynamic-provisioning", "snapshot"],
  nodes: 6,
  zones: 3,
  racks: 6,
  sharedBy: 1,
  domains: 6,
  reachesNodes: true,
  nodeExec: true,
  sockets: true,
  pools: true,
};

test.each([
  ["all there", {}, {}, undefined],
  ["exactly as much as needed", { needs: { nodes: 6, zones: 3, racks: 6, nodeExec: true } }, {}, undefined],
  [
    "a feature not claimed",
    { features: ["topology", "snapshot", "restore"] as const },
    {},
    "the profile does not claim topology, restore",
  ],
  ["too few nodes", { needs: { nodes: 7, zones: 3 } }, {}, "needs 7 worker nodes, the cluster has 6"],
  ["too few zones", { needs: { nodes: 2, zones: 3 } }, { zones: 1 }, "needs 3 zones, the cluster has 1"],
  [
    "too few racks",
    { needs: { nodes: 2, zones: 1, racks: 2 } },
    { racks: 0 },
    "needs 2 racks that the driver has a topology key for, the cluster has 0",
  ],
  [
    "volumes that stay on their node",
    { needs: { nodes: 2, zones: 1, sharedBy: 2 } },
    {},
    "needs volumes that 2 nodes reach, here 1 does",
  ],
  [
    "no way into nodes",
    { needs: { nodes: 1, zones: 1, nodeExec: true } },
    { reachesNodes: false, nodeExec: false, sockets: false },
    "needs to list the back end, and here the kit reaches no node (--allow-node-agent)",
  ],
  [
    "sockets behind a way into nodes",
    { needs: { nodes: 1, zones: 1, sockets: true } },
    { reachesNodes: false, sockets: false },
    "needs to call the driver's sockets, and here the kit reaches no node (--allow-node-agent)",
  ],
  [
    "a profile that names neither back end nor sockets",
    { needs: { nodes: 1, zones: 1, nodeExec: true, sockets: true } },
    { nodeExec: false, sockets: false },
    "needs to list the back end, and neither does the profile say how nor the driver list its volumes and snapshots; needs to call the driver's sockets, which the profile does not name",
  ],
  [
    "nodes that are someone else's",
    { needs: { nodes: 1, zones: 1, nodePower: true } },
    {},
    "needs to switch a node off, which only a cluster of the kit's own allows",
  ],
  [
    "nodes that lack the program",
    { needs: { nodes: 1, zones: 1, fileSystemShutdown: true } },
    { fileSystemShutdown: false },
    "needs to shut a file system down on its node, which has to be reached and to have xfs_io",
  ],
  [
    "more volumes than there is room for",
    { cost: { typicalSeconds: 1, limitSeconds: 2, volumes: 3, megabytes: 300 } },
    { room: { volumes: 2, megabytes: 200 } },
    "needs 3 volumes at once, the profile's limits allow 2; needs 300 MiB, the profile's limits allow 200",
  ],
  [
    "several things",
    { needs: { nodes: 9, zones: 4 } },
    {},
    "needs 9 worker nodes, the cluster has 6; needs 4 zones, the cluster has 3",
  ],
])("%s", (_what, meta, changes, reason) => {
  const expected = reason === undefined ? { go: true } : { go: false, reason };
  expect(decide(sampleMeta(meta), { ...offer, ...changes })).toEqual(expected);
});

test("the control plane is not counted, and racks of one name in two zones are two", () => {
  const nodes = [
    { controlPlane: true, zone: "z" },
    { controlPlane: false, zone: "a", rack: "r1" },
    { controlPlane: false, zone: "a", rack: "r1" },
    { controlPlane: false, zone: "b", rack: "r1" },
    { controlPlane: false },
  ];
  expect(countNodes(nodes)).toEqual({ nodes: 4, zones: 2, racks: 2 });
});

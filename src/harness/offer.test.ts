// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDriverProfile } from "../driver/profile.ts";
import { packageRoot } from "../support/paths.ts";
import { offerOf } from "./offer.ts";

const nodes = ["r1", "r2", "r3", "r4"].map((rack, n) => ({
  controlPlane: false,
  zone: n < 2 ? "east" : "west",
  rack,
}));
const means = {
  canReachNodes: true,
  driverLists: false,
  pools: true,
  nodePower: true,
  fileSystemShutdown: true,
};

test.each([
  ["reference", { nodes: 4, zones: 2, racks: 4, domains: 4, sharedBy: 1 }],
  ["zonal", { nodes: 4, zones: 2, racks: 0, domains: 2, sharedBy: 2 }],
])("what %s offers follows from its topology keys", async (name, expected) => {
  const profile = await readDriverProfile(join(packageRoot, `fixtures/drivers/${name}/profile.yaml`));
  const cluster = [...nodes, { controlPlane: true }];
  expect(offerOf(profile, cluster, means)).toMatchObject({ ...expected, pools: true, nodeExec: true });
  expect(offerOf(profile, cluster, { ...means, canReachNodes: false })).toMatchObject({
    pools: false,
    nodeExec: false,
  });
  const { backEnd, ...spec } = profile.spec;
  expect(backEnd).toBeDefined();
  expect(offerOf({ ...profile, spec }, cluster, means).nodeExec).toBe(false);
  expect(offerOf({ ...profile, spec }, cluster, { ...means, driverLists: true }).nodeExec).toBe(true);
});

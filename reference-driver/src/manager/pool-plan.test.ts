// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { planPools } from "./pool-plan.ts";

const NODE = { name: "node-1", labels: {} };
const managed = (name: string, parameters: Record<string, string>) => ({
  name,
  provisioner: `d.${name}`,
  parameters,
});
const devices = (...paths: string[]) => JSON.stringify([{ paths }]);

it("leaves a group alone that no class adds to", () => {
  const known = [{ class: "standard", volumeGroup: "vg" }];
  expect(planPools([managed("a", { poolClass: "standard" })], NODE, known).plans).toEqual([
    { poolClass: "standard", volumeGroup: "vg", paths: [], drivers: [] },
  ]);
});

it("adds to a group made beforehand under its own name", () => {
  const known = [{ class: "standard", volumeGroup: "vg" }];
  const classes = [managed("a", { poolClass: "standard", devices: devices("/dev/sdb") })];
  expect(planPools(classes, NODE, known).plans).toEqual([
    { poolClass: "standard", volumeGroup: "vg", paths: ["/dev/sdb"], drivers: ["d.a"] },
  ]);
});

it("makes one group for all classes of a pool class", () => {
  const classes = [
    managed("a", { poolClass: "fast", devices: devices("/dev/sdb") }),
    managed("b", { poolClass: "fast", devices: devices("/dev/sdb", "/dev/sdc") }),
  ];
  expect(planPools(classes, NODE, []).plans).toEqual([
    {
      poolClass: "fast",
      volumeGroup: "node_1_fast",
      paths: ["/dev/sdb", "/dev/sdc"],
      drivers: ["d.a", "d.b"],
    },
  ]);
});

it("makes no group on a node that nothing was chosen for", () => {
  const elsewhere = JSON.stringify([{ nodes: { names: ["node-2"] }, paths: ["/dev/sdb"] }]);
  expect(planPools([managed("a", { poolClass: "fast", devices: elsewhere })], NODE, [])).toEqual({
    plans: [],
    mistakes: [],
  });
});

it.each([
  [{ devices: devices("/dev/sdb") }, "poolClass: needed beside devices"],
  [{ poolClass: "fast", devices: "sdb" }, "devices: JSON is expected"],
])("names the class whose parameters are %j", (parameters, message) => {
  const { plans, mistakes } = planPools([managed("a", parameters), managed("b", {})], NODE, []);
  expect(plans).toEqual([]);
  expect(mistakes).toEqual([{ storageClass: "a", message: expect.stringContaining(message) as string }]);
});

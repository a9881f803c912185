// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { readShape } from "../shape.ts";
import { planZonePools } from "./zone-pools.ts";

test("each zone has a group and a file of its own", async () => {
  const planned = planZonePools("sw-test", await readShape("three-zones"), "/state");
  expect(planned.map((pool) => [pool.zone, pool.class, pool.volumeGroup])).toEqual([
    ["zone-a", "zonal", "sw_test_zone_a_zonal"],
    ["zone-b", "zonal", "sw_test_zone_b_zonal"],
    ["zone-c", "zonal", "sw_test_zone_c_zonal"],
  ]);
  expect(new Set(planned.map((pool) => pool.backingFile)).size).toBe(3);
  for (const { backingFile } of planned) expect(backingFile).toMatch(/^\/state\/pools\/zone-.*\.img$/);
});

test("a shape without pools of zones has none, and is the same to the hash of its cluster as before", async () => {
  const shape = await readShape("two-zones");
  expect(planZonePools("sw-test", shape, "/state")).toEqual([]);
  for (const zone of shape.spec.zones) expect(Object.keys(zone)).not.toContain("pools");
});

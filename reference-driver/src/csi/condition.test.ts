// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { PlacedVolume, Site } from "../back-end/back-end.ts";
import { conditionOf, healthOf, troubleOf } from "./condition.ts";

const NOW = new Date("2026-01-01T00:10:00Z");
const volume: PlacedVolume = {
  id: "pvc-1",
  kind: "volume",
  poolClass: "standard",
  bytes: 1,
  source: undefined,
  csiName: "pvc-1",
  createdAt: new Date("2026-01-01T00:00:00Z"),
  node: "node-1",
};
const site: Site = {
  node: "node-1",
  poolClass: "standard",
  segments: {},
  availableBytes: 0,
  largestVolumeBytes: 0,
  holds: new Set(["pvc-1"]),
  reportedAt: new Date("2026-01-01T00:09:30Z"),
};

describe("troubleOf", () => {
  it.each<[string, PlacedVolume, Site[], string | undefined]>([
    ["is in its pool", volume, [site], undefined],
    ["has a fault", { ...volume, fault: "partial" }, [site], "DEGRADED BackEndFault"],
    ["is not in its pool", volume, [{ ...site, holds: new Set() }], "DATA_LOSS VolumeGone"],
    ["is on a silent node", volume, [{ ...site, reportedAt: new Date(0) }], "INACCESSIBLE PoolSilent"],
    ["is on a node that never reported", volume, [], "INACCESSIBLE PoolUnknown"],
  ])("of a volume that %s", (_, ill, sites, expected) => {
    const trouble = troubleOf(ill, sites, NOW);
    expect(trouble && `${trouble.status} ${trouble.reason}`).toBe(expected);
    expect(healthOf(ill.id, [undefined, trouble]).healthStatuses).toEqual(trouble ? [trouble] : []);
  });
});

describe("conditionOf", () => {
  it.each<[string, Site[], boolean, string]>([
    ["is in its pool", [site], false, "held by pool standard of node-1"],
    ["is not in its pool", [{ ...site, holds: new Set() }], true, "does not hold it any more"],
    ["is on a silent node", [{ ...site, reportedAt: new Date("2026-01-01T00:08:00Z") }], true, "for 120 s"],
    [
      "is on a node that reports another class only",
      [{ ...site, poolClass: "fast" }],
      true,
      "does not report",
    ],
    ["is on a node that never reported", [], true, "does not report"],
  ])("a volume that %s", (_, sites, abnormal, message) => {
    const condition = conditionOf(volume, sites, NOW);
    expect(condition.abnormal).toBe(abnormal);
    expect(condition.message).toContain(message);
  });

  it("a volume with a fault is abnormal", () => {
    const condition = conditionOf({ ...volume, fault: "overflowed" }, [site], NOW);
    expect(condition).toEqual({ abnormal: true, message: expect.stringContaining("overflowed") as string });
  });
});

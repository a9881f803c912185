// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { Site } from "../back-end/back-end.ts";
import type { TopologyRequirement } from "./messages.ts";
import { inZones, ZONE_KEY } from "./placement.ts";
import { createZoneSpread } from "./zone-spread.ts";

const MIB = 1024 ** 2;
const ZONES = ["zone-a", "zone-b", "zone-c"];

function site(zone: string, holds: readonly string[] = [], room = 100 * MIB): Site {
  return {
    node: zone,
    poolClass: "standard",
    segments: { [ZONE_KEY]: zone },
    availableBytes: room,
    largestVolumeBytes: room,
    holds: new Set(holds),
    reportedAt: new Date(),
  };
}

const anywhere: TopologyRequirement = {
  requisite: ZONES.map((zone) => ({ segments: { [ZONE_KEY]: zone } })),
  preferred: ZONES.map((zone) => ({ segments: { [ZONE_KEY]: zone } })),
};

function request(id: string, requirement: TopologyRequirement | null = anywhere) {
  return { id, poolClass: "standard", bytes: MIB, requirement, boundTo: undefined };
}

describe("createZoneSpread", () => {
  it("gives eight volumes that are asked for at once to the two zones a class names evenly", () => {
    const choose = createZoneSpread();
    const sites = ["zone-b", "zone-c"].map((zone) => site(zone));
    const zones = Array.from(
      { length: 8 },
      (_, index) => choose(sites, request(`pvc-${String(index)}`)).node,
    );
    expect(zones.filter((zone) => zone === "zone-b")).toHaveLength(4);
  });

  it("counts a volume once, when it is chosen for and when it is held", () => {
    const choose = createZoneSpread();
    expect(choose([site("zone-a"), site("zone-b")], request("pvc-1")).node).toBe("zone-a");
    const later = [site("zone-a", ["pvc-1"]), site("zone-b", ["pvc-x"])];
    expect(choose(later, request("pvc-2")).node).toBe("zone-a");
    expect(choose(later, request("pvc-3")).node).toBe("zone-b");
  });

  it("forgets a volume that was chosen for and never held, after a minute", () => {
    let time = 0;
    const choose = createZoneSpread(() => time);
    const sites = [site("zone-a"), site("zone-b")];
    expect(choose(sites, request("pvc-1")).node).toBe("zone-a");
    time = 60_001;
    expect(choose(sites, request("pvc-2")).node).toBe("zone-a");
  });

  it("keeps the order of preference, whatever the zones hold, where the class admits all of them", () => {
    const requirement = { requisite: anywhere.requisite, preferred: anywhere.preferred.toReversed() };
    const sites = [site("zone-a"), site("zone-b"), site("zone-c", ["1", "2", "3", "4"])];
    expect(createZoneSpread()(sites, request("pvc-1", requirement)).node).toBe("zone-c");
  });

  it("spreads over all zones where nothing is preferred", () => {
    const sites = [site("zone-a", ["1"]), site("zone-b"), site("zone-c", ["2"])];
    expect(createZoneSpread()(sites, request("pvc-1", null)).node).toBe("zone-b");
  });

  it("passes over a zone without room", () => {
    const sites = [site("zone-a", [], 0), site("zone-b", ["1", "2"])];
    expect(createZoneSpread()(sites, request("pvc-1")).node).toBe("zone-b");
  });

  it("keeps to the zone of the selected node", () => {
    const selected = [{ segments: { [ZONE_KEY]: "zone-c" } }];
    const requirement = { requisite: selected, preferred: selected };
    const sites = [site("zone-a"), site("zone-b"), site("zone-c", ["1", "2", "3"])];
    expect(createZoneSpread()(sites, request("pvc-1", requirement)).node).toBe("zone-c");
  });

  it("keeps to the zones a class names", () => {
    const sites = inZones(
      ZONES.map((zone) => site(zone)),
      ["zone-b", "zone-c"],
    );
    expect(sites.map((each) => each.node)).toEqual(["zone-b", "zone-c"]);
    expect(() => createZoneSpread()(inZones(sites, ["zone-x"]), request("pvc-1"))).toThrow(
      "no node has a pool",
    );
  });
});

// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { changedCondition, devicesPresent, heartbeatFresh, roomLeft } from "./pool-conditions.ts";

const NOW = new Date("2026-01-01T00:01:00Z");

describe("DevicesPresent", () => {
  it.each([
    ["all in the group", [{ path: "/dev/a", state: "InGroup" }], 0, "True", "AllPresent"],
    ["a group made beforehand", [], 0, "True", "AllPresent"],
    [
      "a missing device",
      [{ path: "/dev/a", state: "Missing", why: "no such device" }],
      0,
      "False",
      "DeviceMissing",
    ],
    [
      "a foreign device",
      [{ path: "/dev/a", state: "Foreign", why: "holds ext4" }],
      0,
      "False",
      "DeviceForeign",
    ],
    ["a vanished physical volume", [{ path: "/dev/a", state: "InGroup" }], 1, "False", "DeviceVanished"],
  ] as const)("of %s", (_words, devices, missing, status, reason) => {
    expect(devicesPresent(devices, missing)).toMatchObject({ status, reason });
  });
});

it.each([
  [100, 1000, "True"],
  [99, 1000, "False"],
  [0, 0, "False"],
])("RoomLeft of %d free among %d is %s", (available, allocatable, status) => {
  expect(roomLeft(available, allocatable).status).toBe(status);
});

it.each([
  [undefined, "False", "NeverReported"],
  ["2026-01-01T00:00:30Z", "True", "Reporting"],
  ["2025-12-31T23:59:59Z", "False", "Silent"],
])("HeartbeatFresh of a report at %s is %s", (heartbeat, status, reason) => {
  expect(heartbeatFresh(heartbeat, 60_000, NOW)).toMatchObject({ status, reason });
});

describe("changedCondition", () => {
  const fresh = { type: "RoomLeft", status: "True", reason: "Roomy", message: "m" } as const;
  const before = { ...fresh, lastTransitionTime: "2025-01-01T00:00:00Z" };

  it("writes nothing that is there already", () => {
    expect(changedCondition(fresh, [before], NOW)).toBeUndefined();
  });

  it("keeps the moment of the last change while the status stays", () => {
    expect(changedCondition({ ...fresh, message: "n" }, [before], NOW)?.lastTransitionTime).toBe(
      "2025-01-01T00:00:00Z",
    );
  });

  it("takes the moment when the status changes, and when it is new", () => {
    const now = NOW.toISOString();
    expect(changedCondition({ ...fresh, status: "False" }, [before], NOW)?.lastTransitionTime).toBe(now);
    expect(changedCondition(fresh, [], NOW)?.lastTransitionTime).toBe(now);
  });
});

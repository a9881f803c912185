// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { readFaults, readThinUsage, thinRoom, whyFull } from "./health.ts";

const row = (lv_name: string, more: Readonly<Record<string, string>> = {}) => ({
  lv_name,
  lv_size: "1000",
  lv_snapshot_invalid: "",
  lv_health_status: "",
  pool_lv: "",
  data_percent: "",
  metadata_percent: "",
  ...more,
});

describe("readFaults", () => {
  it("names overflown snapshots and every volume of a pool that is not well", () => {
    const rows = [
      row("well"),
      row("unknown", { lv_snapshot_invalid: "unknown" }),
      row("overflown", { lv_snapshot_invalid: "snapshot invalid" }),
      row("pool", { lv_health_status: "out_of_data" }),
      row("thin", { pool_lv: "pool" }),
    ];
    const faults = readFaults(rows);
    expect([...faults.keys()]).toEqual(["overflown", "pool", "thin"]);
    expect(faults.get("overflown")).toContain("overflowed");
    expect(faults.get("thin")).toContain("out_of_data");
  });
});

describe("a thin pool", () => {
  const usage = (dataPercent: number, metadataPercent = 10) => ({
    bytes: 1000,
    dataPercent,
    metadataPercent,
  });

  it("is read by its name", () => {
    const rows = [row("other"), row("pool", { data_percent: "12.50", metadata_percent: "3.00" })];
    expect(readThinUsage(rows, "pool")).toEqual({ bytes: 1000, dataPercent: 12.5, metadataPercent: 3 });
    expect(readThinUsage(rows, "none")).toBeUndefined();
  });

  it.each([
    [usage(0), 1000, undefined],
    [usage(89.99), 100, undefined],
    [usage(90), 0, "of the thin pool's data"],
    [usage(10, 95), 0, "of the thin pool's metadata"],
  ])("%j has room for %i", (figures, room, reason) => {
    expect(thinRoom(figures)).toBe(room);
    if (reason === undefined) expect(whyFull(figures)).toBeUndefined();
    else expect(whyFull(figures)).toContain(reason);
  });
});

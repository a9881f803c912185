// SPDX-License-Identifier: Apache-2.0
import type { Row } from "./lvm-report.ts";

/** Fields of `lvs` that `readFaults` and `readThinUsage` read. They are known only where LVM activates volumes itself. */
export const HEALTH_FIELDS =
  "lv_name,lv_size,lv_snapshot_invalid,lv_health_status,pool_lv,data_percent,metadata_percent";

/** Above this share of its data or its metadata a thin pool takes no new volumes: what is there needs the rest. */
const FULL_PERCENT = 90;

/** How full a thin pool is. */
export interface ThinUsage {
  readonly bytes: number;
  readonly dataPercent: number;
  readonly metadataPercent: number;
}

/** Figures of a thin pool from the rows of lvs; undefined when there is no such pool. */
export function readThinUsage(rows: readonly Row[], pool: string): ThinUsage | undefined {
  const row = rows.find((candidate) => candidate["lv_name"] === pool);
  return row === undefined
    ? undefined
    : {
        bytes: Number(row["lv_size"]),
        dataPercent: Number(row["data_percent"]),
        metadataPercent: Number(row["metadata_percent"]),
      };
}

/** Why a thin pool takes no new volumes; undefined when it does. */
export function whyFull(usage: ThinUsage): string | undefined {
  const full = (what: string, percent: number): string | undefined =>
    percent < FULL_PERCENT
      ? undefined
      : `${String(percent)} % of the thin pool's ${what} is used, above ${String(FULL_PERCENT)} % it takes no new volumes`;
  return full("data", usage.dataPercent) ?? full("metadata", usage.metadataPercent);
}

/** Bytes that new volumes of a thin pool may ask for. */
export function thinRoom(usage: ThinUsage): number {
  if (whyFull(usage) !== undefined) return 0;
  return Math.floor((usage.bytes * (100 - usage.dataPercent)) / 100);
}

/** What is wrong with logical volumes, by their names: overflown copy-on-write snapshots, and all volumes of a full thin pool. */
export function readFaults(rows: readonly Row[]): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  const own = new Map(rows.map((row) => [row["lv_name"] ?? "", faultOf(row)]));
  for (const row of rows) {
    const name = row["lv_name"] ?? "";
    const fault = own.get(name) ?? own.get(row["pool_lv"] ?? "");
    if (fault !== undefined) faults.set(name, fault);
  }
  return faults;
}

function faultOf(row: Row): string | undefined {
  if (row["lv_snapshot_invalid"] === "snapshot invalid")
    return "the copy-on-write snapshot overflowed: its bytes are lost";
  const health = row["lv_health_status"] ?? "";
  return health === "" ? undefined : `LVM reports ${health}`;
}

// SPDX-License-Identifier: Apache-2.0
import path from "node:path";
import type { ByteRange } from "./extents.ts";

interface LoopRow {
  readonly name: string;
  readonly "back-file": string | null;
  readonly offset: number | string;
  readonly sizelimit: number | string;
  readonly ro: boolean | number | string;
}

/** A loop device that maps a range. */
export interface MappedLoop {
  readonly device: string;
  readonly readOnly: boolean;
  /** Length in bytes that it maps. */
  readonly length: number;
}

/**
 * The loop devices that map this range from its start, from the output of `losetup --json`: all of it, or less when the volume
 * has grown since.
 * The backing path is compared by its last part: each container sees the host's one set of loop devices under its own /dev.
 */
export function findLoops(json: string, range: ByteRange): MappedLoop[] {
  // losetup prints nothing at all when there is no loop device.
  if (json.trim() === "") return [];
  const rows = (JSON.parse(json) as { loopdevices: LoopRow[] }).loopdevices;
  return rows
    .filter(
      (row) =>
        path.basename(row["back-file"] ?? "") === path.basename(range.device) &&
        Number(row.offset) === range.offset &&
        Number(row.sizelimit) > 0 &&
        Number(row.sizelimit) <= range.length,
    )
    .map((row) => ({
      device: row.name,
      readOnly: Boolean(Number(row.ro)),
      length: Number(row.sizelimit),
    }));
}

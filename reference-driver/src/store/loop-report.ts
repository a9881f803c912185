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
}

/**
 * The loop devices that map exactly this range, from the output of `losetup --json`.
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
        Number(row.sizelimit) === range.length,
    )
    .map((row) => ({ device: row.name, readOnly: Boolean(Number(row.ro)) }));
}

// SPDX-License-Identifier: Apache-2.0
import path from "node:path";
import type { ByteRange } from "./extents.ts";

interface LoopRow {
  readonly name: string;
  readonly "back-file": string | null;
  readonly offset: number | string;
  readonly sizelimit: number | string;
  readonly ro: boolean | number | string;
  readonly autoclear?: boolean | number | string;
}

/** A loop device that maps a range. */
export interface MappedLoop {
  readonly device: string;
  readonly readOnly: boolean;
  /** Length in bytes that it maps. */
  readonly length: number;
  /** Detached already, and gone with its last user. */
  readonly leaving: boolean;
}

/**
 * The loop devices that map this range from its start, from the output of `losetup --json`: all of it, or less when the volume
 * has grown since.
 * The backing path is compared by its last part: each container sees the host's one set of loop devices under its own /dev.
 */
export function findLoops(json: string, range: ByteRange): MappedLoop[] {
  return rowsOf(json, range)
    .filter((row) => backingName(row) === path.basename(range.device))
    .map((row) => ({
      device: row.name,
      readOnly: Boolean(Number(row.ro)),
      length: Number(row.sizelimit),
      leaving: isLeaving(row),
    }));
}

/** A loop device over a shared volume, and the node that attached it. */
export interface OwnedLoop {
  readonly device: string;
  readonly owner: string;
  /** Detached already, and gone with its last user. */
  readonly leaving: boolean;
}

/** The loop devices of all nodes that map this range of a device they share, opened as `<device>.<owner>`. */
export function ownedLoops(json: string, range: ByteRange): OwnedLoop[] {
  const prefix = `${path.basename(range.device)}.`;
  return rowsOf(json, range)
    .filter((row) => backingName(row).startsWith(prefix))
    .map((row) => ({
      device: row.name,
      owner: backingName(row).slice(prefix.length),
      leaving: isLeaving(row),
    }));
}

/** The loop devices that map a range from its start, of whichever physical device. */
function rowsOf(json: string, range: ByteRange): LoopRow[] {
  // losetup prints nothing at all when there is no loop device.
  if (json.trim() === "") return [];
  const rows = (JSON.parse(json) as { loopdevices: LoopRow[] }).loopdevices;
  return rows.filter((row) => {
    const length = Number(row.sizelimit);
    return Number(row.offset) === range.offset && length > 0 && length <= range.length;
  });
}

function backingName(row: LoopRow): string {
  return path.basename(row["back-file"] ?? "");
}

function isLeaving(row: LoopRow): boolean {
  return Boolean(Number(row.autoclear ?? 0));
}

// SPDX-License-Identifier: Apache-2.0
import type { ExtentRun, LvmDevice } from "./lvm-report.ts";

/** A piece of a device, in bytes. */
export interface ByteRange {
  readonly device: string;
  readonly offset: number;
  readonly length: number;
  /** The node that maps it, where several nodes of one kernel reach the device. */
  readonly owner?: string;
}

/** The size rounded up to whole extents, at least one. */
export function roundUp(bytes: number, extentBytes: number): number {
  return Math.max(1, Math.ceil(bytes / extentBytes)) * extentBytes;
}

/** Size of the pieces a copy-on-write snapshot keeps; LVM's default. */
export const CHUNK_BYTES = 4096;
const EXCEPTION_BYTES = 16;

/**
 * Size of a snapshot's store that can hold a rewrite of the whole origin: its chunks, the areas of exceptions that tell
 * where each chunk lies (the last one is never full), and a header chunk (Linux, dm-snap-persistent).
 */
export function copyOnWriteBytes(originBytes: number, extentBytes: number): number {
  const chunks = Math.ceil(originBytes / CHUNK_BYTES);
  const areas = Math.floor(chunks / (CHUNK_BYTES / EXCEPTION_BYTES)) + 1;
  return roundUp((1 + areas + chunks) * CHUNK_BYTES, extentBytes);
}

/**
 * Where a one-piece volume lies on its device. Only such volumes can be mapped without device-mapper.
 * @throws Error when the extents are not one run
 */
export function byteRange(
  runs: readonly ExtentRun[],
  devices: readonly LvmDevice[],
  extentBytes: number,
): ByteRange {
  const [run, ...more] = runs;
  if (run === undefined || more.length > 0) {
    throw new Error(`a loop mapping needs a volume in one piece, this one has ${String(runs.length)}`);
  }
  const device = devices.find((candidate) => candidate.device === run.device);
  if (device === undefined) throw new Error(`${run.device} is not a device of the volume group`);
  return {
    device: run.device,
    offset: device.startBytes + run.first * extentBytes,
    length: run.count * extentBytes,
  };
}

/** The smallest free run of at least so many extents, cut to them; on one device only when it is named. */
export function smallestRun(
  free: readonly ExtentRun[],
  extents: number,
  device?: string,
): ExtentRun | undefined {
  const [smallest] = free
    .filter((run) => run.count >= extents && (device === undefined || run.device === device))
    .toSorted((a, b) => a.count - b.count);
  return smallest && { ...smallest, count: extents };
}

/** How many extents are free right behind a one-piece volume. */
export function roomBehind(runs: readonly ExtentRun[], free: readonly ExtentRun[]): number {
  const last = runs.at(-1);
  if (last === undefined) return 0;
  return (
    free.find(({ device, first }) => device === last.device && first === last.first + last.count)?.count ?? 0
  );
}

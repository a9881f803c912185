// SPDX-License-Identifier: Apache-2.0
import type { Segments } from "../csi/messages.ts";
import { matches } from "../csi/placement.ts";
import type { Assumed, PoolView } from "./model.ts";

/** What is left of one pool after all that is promised. */
export interface Room {
  readonly pool: PoolView;
  readonly freeBytes: number;
  /** The largest volume that still fits. */
  readonly largestBytes: number;
}

/** A pool with less taken from it; a promise larger than what is free leaves nothing. */
export function roomIn(pool: PoolView, takenBytes: number): Room {
  const freeBytes = Math.max(0, pool.availableBytes - takenBytes);
  return { pool, freeBytes, largestBytes: Math.min(pool.largestVolumeBytes, freeBytes) };
}

/** The room of each pool once the assumed volumes are cut. A node's labels tell which pool a promise on it is cut from. */
export function roomsAfter(
  pools: readonly PoolView[],
  assumed: readonly Assumed[],
  labelsOf: (node: string) => Segments,
): Room[] {
  const taken = new Map<string, number>();
  for (const { driverName, poolClass, node, bytes } of assumed) {
    const target = pools.find(
      (pool) =>
        pool.driverName === driverName &&
        pool.poolClass === poolClass &&
        (pool.node === node || matches(labelsOf(node), pool.segments)),
    );
    if (target !== undefined) taken.set(target.name, (taken.get(target.name) ?? 0) + bytes);
  }
  return pools.map((pool) => roomIn(pool, taken.get(pool.name) ?? 0));
}

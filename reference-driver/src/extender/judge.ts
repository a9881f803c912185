// SPDX-License-Identifier: Apache-2.0
import { matches } from "../csi/placement.ts";
import type { Demand, NodeView, PoolView } from "./model.ts";
import { roomIn } from "./room.ts";
import type { Room } from "./room.ts";

/** Whether a node can take all of a pod's volumes, how much room would be left there (0 to 1), or why not. */
export type Verdict =
  { readonly fits: true; readonly left: number } | { readonly fits: false; readonly reason: string };

/** What a node is judged by. */
export interface Situation {
  readonly node: NodeView;
  readonly demands: readonly Demand[];
  /** All pools, with what is promised on them taken away. */
  readonly rooms: readonly Room[];
  /** Pools last heard of before this moment do not count. */
  readonly freshSince: Date;
}

/** Places the demands one after the other, the largest first, each in the roomiest pool that is left for it. */
export function judge({ node, demands, rooms, freshSince }: Situation): Verdict {
  let left = rooms.filter((room) => matches(node.labels, room.pool.segments));
  let tightest = 1;
  for (const demand of demands.toSorted((a, b) => b.bytes - a.bytes)) {
    const candidates = left.filter((room) => serves(room.pool, demand));
    const fresh = candidates.filter((room) => room.pool.heartbeat >= freshSince);
    const best = fresh
      .filter((room) => isHome(room.pool, demand) && room.largestBytes >= demand.bytes)
      .toSorted((a, b) => b.freeBytes - a.freeBytes)[0];
    if (best === undefined) return { fits: false, reason: whyNot(demand, candidates, fresh) };
    const after = roomIn(
      { ...best.pool, availableBytes: best.freeBytes, largestVolumeBytes: best.largestBytes },
      demand.bytes,
    );
    tightest = Math.min(tightest, after.freeBytes / Math.max(1, best.pool.capacityBytes));
    left = left.map((room) => (room === best ? after : room));
  }
  return { fits: true, left: tightest };
}

function serves(pool: PoolView, demand: Demand): boolean {
  return pool.driverName === demand.driverName && pool.poolClass === demand.poolClass;
}

function isHome(pool: PoolView, { home }: Demand): boolean {
  return home === undefined || pool.node === home.node;
}

/** Reasons name no figures of the node, so that the scheduler can count the nodes that share one. */
function whyNot(demand: Demand, candidates: readonly Room[], fresh: readonly Room[]): string {
  const { poolClass, home, driverName } = demand;
  if (candidates.length === 0) return `no pool of class ${poolClass} of ${driverName}`;
  if (fresh.length === 0) return `pool of class ${poolClass} has not reported for a while`;
  if (home !== undefined && !fresh.some((room) => isHome(room.pool, demand)))
    return `${home.what} is on node ${home.node}`;
  return `not enough room in pool of class ${poolClass} for the pod's volumes`;
}

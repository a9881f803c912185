// SPDX-License-Identifier: Apache-2.0
import type { LogicalVolume } from "../cluster/resources.ts";
import { demandOfClaim, volumeIdOf } from "./demands.ts";
import type { Assumed, PoolView } from "./model.ts";
import type { Claim, Lookup } from "./objects.ts";

const SELECTED_NODE = "volume.kubernetes.io/selected-node";

/** Node a claim's pod was given while its volume is not there yet. */
export function selectedNode(claim: Claim): string | undefined {
  return claim.metadata?.annotations?.[SELECTED_NODE];
}

/** What space is promised by. */
export interface AssumedFrom {
  readonly claims: readonly Claim[];
  readonly records: readonly LogicalVolume[];
  readonly pools: readonly PoolView[];
  readonly lookup: Lookup;
  readonly drivers: ReadonlySet<string>;
}

/**
 * All space that is promised and not yet in a pool's figures: claims with a selected node and no volume, and records that
 * wait for their volume or got it after their pool last reported. It is read from the objects each time, so nothing is
 * forgotten by a restart and nothing outlives its reason: an entry ends when a pool lists the volume, or when the claim or
 * record is gone, or gives its node back.
 */
export function assumedSpace(from: AssumedFrom): Assumed[] {
  const listed = new Set(from.pools.flatMap((pool) => [...pool.volumes]));
  const all = [
    ...from.records.flatMap((record) => ofRecord(record, from.pools)),
    ...from.claims.flatMap((claim) => ofClaim(claim, from)),
  ];
  const waiting = all.filter((entry) => !listed.has(entry.volumeId));
  // A claim and its record speak of one volume.
  const volumes = new Map(waiting.map((entry) => [entry.volumeId, entry]));
  return [
    ...volumes.values(),
    ...from.records.flatMap(growth).filter((entry) => !volumes.has(entry.volumeId)),
  ];
}

function ofRecord(record: LogicalVolume, pools: readonly PoolView[]): Assumed[] {
  const { metadata, spec, status } = record;
  if (metadata?.deletionTimestamp !== undefined || status?.phase === "Failed") return [];
  if (status?.phase === "Ready" && isReported(record, pools)) return [];
  const { driverName, poolClass, node, bytes } = spec;
  return [{ volumeId: metadata?.name ?? "", driverName, poolClass, node, bytes }];
}

/** What volumes that are there are still to grow by. */
function growth({ metadata, spec, status }: LogicalVolume): Assumed[] {
  const bytes = spec.bytes - (status?.bytes ?? spec.bytes);
  if (status?.phase !== "Ready" || bytes <= 0) return [];
  const { driverName, poolClass, node } = spec;
  return [{ volumeId: metadata?.name ?? "", driverName, poolClass, node, bytes }];
}

/** True when the pool has spoken since the volume was made. */
function isReported({ spec, status }: LogicalVolume, pools: readonly PoolView[]): boolean {
  const made = Date.parse(status?.createdAt ?? "");
  return pools.some(
    (pool) =>
      pool.driverName === spec.driverName &&
      pool.poolClass === spec.poolClass &&
      pool.node === spec.node &&
      pool.heartbeat.getTime() >= made,
  );
}

function ofClaim(claim: Claim, { lookup, drivers }: AssumedFrom): Assumed[] {
  const node = selectedNode(claim);
  if (node === undefined || claim.metadata?.deletionTimestamp !== undefined) return [];
  const demand = demandOfClaim(claim, lookup, drivers);
  if (demand === undefined) return [];
  const { driverName, poolClass, bytes } = demand;
  return [{ volumeId: volumeIdOf(claim), driverName, poolClass, node, bytes }];
}

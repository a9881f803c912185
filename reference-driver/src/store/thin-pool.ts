// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { readThinUsage, thinRoom, whyFull } from "./health.ts";
import type { ThinUsage } from "./health.ts";
import type { VolumeGroup } from "./volume-group.ts";

/** Name of the thin pool in a volume group whose class is thin. */
export const THIN_POOL = "sw-thin";

/** Makes the group's thin pool when there is none, of all but what its metadata may need. */
export async function ensureThinPool(group: VolumeGroup): Promise<void> {
  if ((await group.find(THIN_POOL)) === undefined) await group.cutThinPool(THIN_POOL);
}

export async function thinUsage(group: VolumeGroup): Promise<ThinUsage> {
  const usage = readThinUsage(await group.health(), THIN_POOL);
  if (usage === undefined) throw new Error(`${group.name}: has no thin pool ${THIN_POOL}`);
  return usage;
}

/** @throws CsiError RESOURCE_EXHAUSTED when the thin pool takes no new volumes, or none of this size */
export async function requireRoom(group: VolumeGroup, id: string, bytes: number): Promise<void> {
  const usage = await thinUsage(group);
  const room = thinRoom(usage);
  const reason =
    whyFull(usage) ??
    (room < bytes ? `${String(bytes)} bytes asked, ${String(room)} are free in its thin pool` : undefined);
  if (reason !== undefined)
    throw new CsiError("RESOURCE_EXHAUSTED", `${id}: no room in ${group.name}: ${reason}`);
}

// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { readThinUsage, thinRoom, whyFull } from "./health.ts";
import type { ThinUsage } from "./health.ts";
import type { Pool } from "./pool.ts";
import type { VolumeGroup } from "./volume-group.ts";
import type { VolumeSpec } from "./volume-spec.ts";
import { createdTag, tagsFor } from "./volume-tags.ts";

/** Name of the thin pool in a volume group whose class is thin. */
const THIN_POOL = "sw-thin";

/** Makes the group's thin pool when there is none, of all but what its metadata may need. */
export async function ensureThinPool(group: VolumeGroup): Promise<void> {
  if ((await group.find(THIN_POOL)) === undefined) await group.cutThinPool(THIN_POOL);
}

export async function thinUsage(group: VolumeGroup): Promise<ThinUsage> {
  const usage = readThinUsage(await group.health(), THIN_POOL);
  if (usage === undefined) throw new Error(`${group.name}: has no thin pool ${THIN_POOL}`);
  return usage;
}

/**
 * Cuts a thin volume, blank or as a snapshot of its source, which shares its source's blocks and does not depend on it.
 * Blocks read as zeros until they are written.
 * @param since the moment the source is held from, when it is
 * @returns the moment its bytes belong to
 */
export async function createThin(
  pool: Pool,
  driverName: string,
  spec: VolumeSpec,
  since: Date | undefined,
): Promise<Date> {
  const { group } = pool;
  const tags = tagsFor(driverName, spec);
  const moment = since ?? new Date();
  await pool.exclusively(async () => {
    // A snapshot takes nothing until something is written.
    await requireRoom(pool, spec.id, spec.source === undefined ? spec.bytes : 0);
    if (spec.source === undefined)
      await group.cutThin(THIN_POOL, { name: spec.id, bytes: spec.bytes, tags, extra: [] });
    else await group.snapshotThin(spec.source.id, spec.id, tags);
  });
  const made = await group.find(spec.id);
  if (made !== undefined && made.bytes < spec.bytes) await group.extend(spec.id, spec.bytes, []);
  await group.addTags(spec.id, [createdTag(moment)]);
  return moment;
}

/** @throws CsiError RESOURCE_EXHAUSTED when the thin pool takes no new volumes, or none of this size */
export async function requireRoom({ group }: Pool, id: string, bytes: number): Promise<void> {
  const usage = await thinUsage(group);
  const room = thinRoom(usage);
  const reason =
    whyFull(usage) ??
    (room < bytes ? `${String(bytes)} bytes asked, ${String(room)} are free in its thin pool` : undefined);
  if (reason !== undefined)
    throw new CsiError("RESOURCE_EXHAUSTED", `${id}: no room in ${group.name}: ${reason}`);
}

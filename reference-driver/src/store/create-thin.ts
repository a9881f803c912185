// SPDX-License-Identifier: Apache-2.0
import type { PoolSpace } from "./pool-space.ts";
import { requireRoom, THIN_POOL } from "./thin-pool.ts";
import type { VolumeSpec } from "./volume-spec.ts";
import { createdTag, tagsFor } from "./volume-tags.ts";

/**
 * Cuts a thin volume, blank or as a snapshot of its source, which shares its source's blocks and does not depend on it.
 * Blocks read as zeros until they are written.
 * @param since the moment the source is held from, when it is
 * @returns the moment its bytes belong to
 */
export async function createThin(
  space: PoolSpace,
  driverName: string,
  spec: VolumeSpec,
  since: Date | undefined,
): Promise<Date> {
  const { group } = space;
  const tags = tagsFor(driverName, spec);
  const moment = since ?? new Date();
  await space.exclusively(async () => {
    // A snapshot takes nothing until something is written.
    await requireRoom(group, spec.id, spec.source === undefined ? spec.bytes : 0);
    if (spec.source === undefined)
      await group.cutThin(THIN_POOL, { name: spec.id, bytes: spec.bytes, tags, extra: [] });
    else await group.snapshotThin(spec.source.id, spec.id, tags);
  });
  const made = await group.find(spec.id);
  if (made !== undefined && made.bytes < spec.bytes) await group.extend(spec.id, spec.bytes, []);
  await group.addTags(spec.id, [createdTag(moment)]);
  return moment;
}

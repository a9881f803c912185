// SPDX-License-Identifier: Apache-2.0
import type { PoolVolume } from "./pool-volume.ts";
import type { PoolVolumes } from "./pool-volumes.ts";
import { attachedTag, readAheadTag } from "./volume-tags.ts";

/** Takes a volume of a shared pool from every node but one, and writes down which. */
export async function attachTo(
  pool: PoolVolumes,
  volume: PoolVolume,
  node: string | undefined,
): Promise<void> {
  await pool.activation.takeFromOthers(pool.group, volume.lvm, node);
  const { attachedTo } = volume.tags;
  if (attachedTo === node) return;
  const added = node === undefined ? [] : [attachedTag(node)];
  const taken = attachedTo === undefined ? [] : [attachedTag(attachedTo)];
  await pool.group.changeTags(volume.lvm.name, added, taken);
}

/** Writes down how far to read ahead. */
export async function keepReadAhead(pool: PoolVolumes, volume: PoolVolume, kib: number): Promise<void> {
  const { readAheadKib } = volume.tags;
  if (readAheadKib === kib) return;
  const old = readAheadKib === undefined ? [] : [readAheadTag(readAheadKib)];
  await pool.group.changeTags(volume.lvm.name, [readAheadTag(kib)], old);
}

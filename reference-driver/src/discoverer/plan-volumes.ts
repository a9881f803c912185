// SPDX-License-Identifier: Apache-2.0
import { staticVolumeName } from "./static-volume.ts";
import type { FoundVolume, StaticVolume } from "./static-volume.ts";

/** A volume, and what it is made of. */
interface Recycling {
  readonly volume: StaticVolume;
  readonly found: FoundVolume;
}

/** What is to be done so that the cluster's volumes are what the folder holds. */
interface VolumePlan {
  /** Found, and no PersistentVolume says so. */
  readonly create: readonly FoundVolume[];
  /** Given back by its claim: to be cleaned, then removed; it is found again as new. */
  readonly recycle: readonly Recycling[];
  /** Not in the folder any more, and nobody's. */
  readonly remove: readonly StaticVolume[];
  /** Not in the folder any more, though a claim has it. */
  readonly lost: readonly StaticVolume[];
}

/** Compares the folder of a node with the volumes its discoverer made. A Released volume under `Retain` is left to its administrator. */
export function planVolumes(
  node: string,
  found: readonly FoundVolume[],
  volumes: readonly StaticVolume[],
): VolumePlan {
  const existing = new Map(volumes.map((volume) => [volume.metadata?.name ?? "", volume]));
  const byName = new Map(found.map((entry) => [staticVolumeName(node, entry.path), entry]));
  const create = [...byName].filter(([name]) => !existing.has(name)).map(([, entry]) => entry);
  const plan = {
    create,
    recycle: [] as Recycling[],
    remove: [] as StaticVolume[],
    lost: [] as StaticVolume[],
  };
  for (const [name, volume] of existing) {
    const entry = byName.get(name);
    const fate = entry === undefined ? fateWithoutDisk(volume) : undefined;
    if (fate !== undefined) plan[fate].push(volume);
    if (entry !== undefined && isGivenBack(volume)) plan.recycle.push({ volume, found: entry });
  }
  return plan;
}

function fateWithoutDisk(volume: StaticVolume): "remove" | "lost" | undefined {
  if (volume.metadata?.deletionTimestamp !== undefined) return undefined;
  if (volume.status?.phase === "Bound") return "lost";
  return volume.status?.phase === "Available" || isGivenBack(volume) ? "remove" : undefined;
}

function isGivenBack({ metadata, spec, status }: StaticVolume): boolean {
  if (metadata?.deletionTimestamp !== undefined) return false;
  return status?.phase === "Released" && spec.persistentVolumeReclaimPolicy === "Delete";
}

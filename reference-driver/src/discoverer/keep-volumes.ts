// SPDX-License-Identifier: Apache-2.0
import type { EventWriter } from "../cluster/event-writer.ts";
import { log, messageOf } from "../support/log.ts";
import { planVolumes } from "./plan-volumes.ts";
import type { FoundVolume, StaticVolume, VolumeContext } from "./static-volume.ts";
import type { StaticVolumes } from "./static-volumes.ts";

/** Writes PersistentVolume objects. */
export interface VolumeWriter {
  /** Nothing happens when there is one of that name. */
  create(volume: StaticVolume): Promise<void>;
  /** Nothing happens when there is none. */
  delete(name: string): Promise<void>;
}

/** What a round works with. */
export interface KeeperParts {
  readonly statics: StaticVolumes;
  readonly writer: VolumeWriter;
  readonly events: EventWriter;
  /** Names of lost volumes that were told of already. */
  readonly told: Set<string>;
}

/** One round: the cluster's volumes become what the folder holds. May be repeated, and broken off, at any time. */
export async function keepVolumes(
  parts: KeeperParts,
  context: VolumeContext,
  found: readonly FoundVolume[],
  volumes: readonly StaticVolume[],
): Promise<void> {
  const { writer, events, told } = parts;
  const plan = planVolumes(context.node, found, volumes);
  for (const entry of plan.create) {
    await writer.create(parts.statics.describe(entry, context));
    log({ event: "static volume made", ...entry });
  }
  for (const { volume, found: entry } of plan.recycle) await recycle(volume, entry, parts);
  for (const volume of plan.remove) await writer.delete(nameOf(volume));
  for (const volume of plan.lost.filter((one) => !told.has(nameOf(one)))) {
    told.add(nameOf(volume));
    const message = `${volume.spec.local.path} is gone, and the data of its claim with it`;
    await events.write(volume, { type: "Warning", reason: "DeviceVanished", action: "Discover", message });
  }
}

const nameOf = (volume: StaticVolume): string => volume.metadata?.name ?? "";

async function recycle(
  volume: StaticVolume,
  found: FoundVolume,
  { statics, writer, events }: KeeperParts,
): Promise<void> {
  try {
    await statics.clean(found);
    // Only a clean volume goes away, as it comes back for anybody.
    await writer.delete(nameOf(volume));
    log({ event: "static volume cleaned", path: found.path });
  } catch (error) {
    const message = `${found.path} cannot be cleaned: ${messageOf(error)}`;
    await events.write(volume, { type: "Warning", reason: "CleanFailed", action: "Clean", message });
  }
}

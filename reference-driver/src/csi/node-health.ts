// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { deviceNumber } from "../mount/device-number.ts";
import { deviceBytes } from "../mount/device-size.ts";
import { mountTable } from "../mount/mount-table.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import { messageOf } from "../support/log.ts";
import { faultOf, healthOf } from "./condition.ts";
import type { VolumeHealth } from "./messages.ts";
import { deviceTrouble, filesystemTrouble } from "./volume-stats.ts";

/** What LVM calls a device of a group that is not there. */
const VANISHED = "[unknown]";

/** How a volume is as seen from this node: in its pool, and where it is staged its device and filesystem. */
export async function volumeHealth(store: VolumeStore, id: string): Promise<VolumeHealth> {
  const volume = await store.find(id);
  if (volume?.kind !== "volume") throw new CsiError("NOT_FOUND", `volume ${id} is not on this node`);
  const fault = faultOf(volume, `pool ${volume.poolClass}`);
  const device = await store.activated(id);
  if (device === undefined) return healthOf(id, [fault]);
  const number = await deviceNumber(device);
  const mounts = (await mountTable()).filter((entry) => entry.device === number);
  return healthOf(id, [fault, deviceTrouble(volume, await deviceBytes(device)), filesystemTrouble(mounts)]);
}

/** What is wrong with a pool (CSI: StorageBackendHealth). */
export interface PoolTrouble {
  readonly status: "STORAGE_DEGRADED" | "STORAGE_UNREACHABLE";
  readonly reason: string;
  readonly message: string;
}

/** How this node's pools are; none is named when nothing is wrong. */
export async function storageHealth(store: VolumeStore): Promise<PoolTrouble[]> {
  try {
    const broken = (await store.pools()).filter(({ devices }) => devices.includes(VANISHED));
    return broken.map(({ poolClass, volumeGroup }) => ({
      status: "STORAGE_DEGRADED",
      reason: "DeviceVanished",
      message: `pool ${poolClass}: a device of volume group ${volumeGroup} is not there`,
    }));
  } catch (error) {
    return [{ status: "STORAGE_UNREACHABLE", reason: "PoolUnreadable", message: messageOf(error) }];
  }
}

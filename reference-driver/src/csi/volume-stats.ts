// SPDX-License-Identifier: Apache-2.0
import { statfs } from "node:fs/promises";
import { CsiError } from "../grpc/csi-error.ts";
import { shownDevice } from "../mount/block-bind.ts";
import { deviceBytes } from "../mount/device-size.ts";
import { mountAt, mountTable } from "../mount/mount-table.ts";
import type { MountEntry } from "../mount/mount-table.ts";
import type { StoredVolume } from "../store/volume-spec.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import { conditionIn } from "./condition.ts";
import type { NodeGetVolumeStatsRequest, Trouble } from "./messages.ts";

/** How full a published volume is and whether it is well. */
export async function volumeStats(store: VolumeStore, request: NodeGetVolumeStatsRequest): Promise<object> {
  const { volumeId: id, volumePath: target } = request;
  const volume = await store.find(id);
  if (volume?.kind !== "volume") throw new CsiError("NOT_FOUND", `volume ${id} is not on this node`);
  const mounted = await mountAt(target);
  if (mounted === undefined) throw new CsiError("NOT_FOUND", `${id}: nothing is mounted on ${target}`);
  if ((await shownDevice(target)) !== undefined) {
    const total = await deviceBytes(target);
    return {
      usage: [{ unit: "BYTES", total }],
      volumeCondition: conditionIn(deviceTrouble(volume, total), "the device is there"),
    };
  }
  const mounts = (await mountTable()).filter(({ device }) => device === mounted.device);
  const volumeCondition = conditionIn(filesystemTrouble(mounts), "the filesystem is mounted");
  return { usage: await filesystemUsage(target), volumeCondition };
}

async function filesystemUsage(target: string): Promise<object[]> {
  const { blocks, bfree, bavail, bsize, files, ffree } = await statfs(target);
  return [
    { unit: "BYTES", total: blocks * bsize, used: (blocks - bfree) * bsize, available: bavail * bsize },
    { unit: "INODES", total: files, used: files - ffree, available: ffree },
  ];
}

/** A filesystem that was mounted for writing and refuses writes now has met an error (ext4: errors=remount-ro). */
export function filesystemTrouble(
  mounts: readonly Pick<MountEntry, "closed" | "readOnly">[],
): Trouble | undefined {
  if (!mounts.some(({ closed, readOnly }) => closed && !readOnly)) return undefined;
  const message = "the filesystem made itself read-only after an error, or was shut down";
  return { status: "DEGRADED", reason: "FilesystemRefusesWrites", message };
}

/** A device must be as large as its volume. */
export function deviceTrouble(volume: Pick<StoredVolume, "bytes">, bytes: number): Trouble | undefined {
  if (bytes >= volume.bytes) return undefined;
  const message = `the device has ${String(bytes)} bytes, the volume ${String(volume.bytes)}`;
  return { status: "DATA_LOSS", reason: "DeviceTooSmall", message };
}

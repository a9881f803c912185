// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { shownDevice } from "../mount/block-bind.ts";
import { deviceNumber } from "../mount/device-number.ts";
import { deviceBytes } from "../mount/device-size.ts";
import { filesystemNamed } from "../mount/filesystem-named.ts";
import { mountTable } from "../mount/mount-table.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import type { NodeExpandVolumeRequest } from "./messages.ts";

/** Grows the filesystem of a volume that ControllerExpandVolume has grown; a block device has grown with it. */
export async function expandOnNode(
  store: VolumeStore,
  request: NodeExpandVolumeRequest,
): Promise<{ capacityBytes: number }> {
  const { volumeId: id, volumePath, capacityRange } = request;
  if ((await store.find(id))?.kind !== "volume")
    throw new CsiError("NOT_FOUND", `volume ${id} is not on this node`);
  const device = await store.activated(id);
  if (device === undefined) throw new CsiError("FAILED_PRECONDITION", `${id}: not staged`);
  const capacityBytes = await deviceBytes(device);
  const asked = capacityRange?.requiredBytes ?? 0;
  if (capacityBytes < asked) {
    const seen = `its device has ${String(capacityBytes)} bytes, ${String(asked)} asked`;
    throw new CsiError("OUT_OF_RANGE", `${id}: ${seen}; ControllerExpandVolume comes first`);
  }
  if ((await shownDevice(volumePath)) === undefined) await growFilesystem(id, device, volumePath);
  return { capacityBytes };
}

async function growFilesystem(id: string, device: string, volumePath: string): Promise<void> {
  const number = await deviceNumber(device);
  const mounts = (await mountTable()).filter((entry) => entry.device === number);
  if (!mounts.some((entry) => entry.target === volumePath))
    throw new CsiError("NOT_FOUND", `${id}: not mounted on ${volumePath}`);
  // Of all its mounts, one that may be written through.
  const writable = mounts.find((entry) => !entry.readOnly);
  if (writable === undefined) throw new CsiError("FAILED_PRECONDITION", `${id}: mounted read-only`);
  await filesystemNamed(writable.fsType).growMounted(device, writable.target);
}

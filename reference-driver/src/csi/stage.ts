// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { CsiError } from "../grpc/csi-error.ts";
import { deviceNumber } from "../mount/device-number.ts";
import { contentType, growExt4, makeExt4 } from "../mount/ext4.ts";
import { mountArguments } from "../mount/mount-arguments.ts";
import { mountAt } from "../mount/mount-table.ts";
import { runCommand } from "../support/run-command.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import type { NodeStageVolumeRequest, NodeUnstageVolumeRequest } from "./messages.ts";
import { FILESYSTEM } from "./volume-capability.ts";

/** Mounts a volume on its staging path: a blank one is formatted first, one with content never. */
export async function stage(store: VolumeStore, request: NodeStageVolumeRequest): Promise<void> {
  const { volumeId: id, stagingTargetPath: target } = request;
  if ((await store.find(id))?.kind !== "volume")
    throw new CsiError("NOT_FOUND", `volume ${id} is not on this node`);
  const device = await store.activate(id);
  const mounted = await mountAt(target);
  if (mounted !== undefined) {
    if (mounted.device === (await deviceNumber(device))) return;
    throw new CsiError(
      "FAILED_PRECONDITION",
      `${target}: device ${mounted.device} is mounted there, not ${id}`,
    );
  }
  await ensureFilesystem(id, device);
  // A volume restored larger than its snapshot starts with the snapshot's filesystem.
  await growExt4(device);
  await mkdir(target, { recursive: true });
  await runCommand(
    mountArguments(FILESYSTEM, request.volumeCapability?.mount?.mountFlags ?? [], device, target),
  );
}

/** Unmounts a staging path and takes the device away. */
export async function unstage(store: VolumeStore, request: NodeUnstageVolumeRequest): Promise<void> {
  const { volumeId: id, stagingTargetPath: target } = request;
  while ((await mountAt(target)) !== undefined) await runCommand(["umount", target]);
  await store.deactivate(id);
}

async function ensureFilesystem(id: string, device: string): Promise<void> {
  const content = await contentType(device);
  if (content === FILESYSTEM) return;
  if (content !== undefined) {
    throw new CsiError(
      "FAILED_PRECONDITION",
      `${id}: holds ${content}, expected ${FILESYSTEM} or nothing; it is left as it is`,
    );
  }
  await makeExt4(device);
}

// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { CsiError } from "../grpc/csi-error.ts";
import { contentType } from "../mount/device-content-type.ts";
import { deviceNumber } from "../mount/device-number.ts";
import { filesystemNamed } from "../mount/filesystem-named.ts";
import type { Filesystem } from "../mount/filesystem.ts";
import { mountArguments } from "../mount/mount-arguments.ts";
import { mountAt } from "../mount/mount-table.ts";
import { runCommand } from "../support/run-command.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import type { NodeStageVolumeRequest, NodeUnstageVolumeRequest } from "./messages.ts";

/**
 * Makes a volume's device and, unless it is asked for as a block device, mounts it on its staging path: a blank one is
 * formatted first, one with content never.
 */
export async function stage(store: VolumeStore, request: NodeStageVolumeRequest): Promise<void> {
  const { volumeId: id, volumeCapability } = request;
  if ((await store.find(id))?.kind !== "volume")
    throw new CsiError("NOT_FOUND", `volume ${id} is not on this node`);
  const device = await store.activate(id);
  if (!volumeCapability?.block) await mountStaged(device, request);
}

async function mountStaged(device: string, request: NodeStageVolumeRequest): Promise<void> {
  const { volumeId: id, stagingTargetPath: target, volumeCapability } = request;
  const { fsType = "", mountFlags = [] } = volumeCapability?.mount ?? {};
  const mounted = await mountAt(target);
  if (mounted !== undefined) {
    if (mounted.device === (await deviceNumber(device))) return;
    throw new CsiError(
      "FAILED_PRECONDITION",
      `${target}: device ${mounted.device} is mounted there, not ${id}`,
    );
  }
  const filesystem = filesystemNamed(fsType);
  await ensureFilesystem(id, device, filesystem);
  // A volume that was restored or expanded starts with a smaller filesystem.
  await filesystem.growUnmounted(device);
  await mkdir(target, { recursive: true });
  const flags = [...filesystem.mountFlags, ...mountFlags];
  await runCommand(mountArguments(filesystem.name, flags, device, target));
  await filesystem.growMounted(device, target);
}

/** Unmounts a staging path and takes the device away. */
export async function unstage(store: VolumeStore, request: NodeUnstageVolumeRequest): Promise<void> {
  const { volumeId: id, stagingTargetPath: target } = request;
  while ((await mountAt(target)) !== undefined) await runCommand(["umount", target]);
  await store.deactivate(id);
}

async function ensureFilesystem(id: string, device: string, filesystem: Filesystem): Promise<void> {
  const content = await contentType(device);
  if (content === filesystem.name) return;
  if (content !== undefined) {
    throw new CsiError(
      "FAILED_PRECONDITION",
      `${id}: holds ${content}, expected ${filesystem.name} or nothing; it is left as it is`,
    );
  }
  await filesystem.make(device);
}

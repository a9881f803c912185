// SPDX-License-Identifier: Apache-2.0
import { mkdir, rm, rmdir, stat } from "node:fs/promises";
import { CsiError } from "../grpc/csi-error.ts";
import { bindDevice, bindsOf, shownDevice } from "../mount/block-bind.ts";
import { deviceNumber } from "../mount/device-number.ts";
import { bindArguments } from "../mount/mount-arguments.ts";
import { mountAt, mountTable } from "../mount/mount-table.ts";
import { runCommand } from "../support/run-command.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import type { NodePublishVolumeRequest } from "./messages.ts";

/** Shows a staged volume at a pod's path: its filesystem, or its device node when it is asked for as a block device. */
export async function publish(store: VolumeStore, request: NodePublishVolumeRequest): Promise<void> {
  const readOnly =
    request.readonly || request.volumeCapability?.accessMode?.mode === "SINGLE_NODE_READER_ONLY";
  await (request.volumeCapability?.block
    ? publishDevice(store, request, readOnly)
    : publishFilesystem(request, readOnly));
}

async function publishFilesystem(request: NodePublishVolumeRequest, readOnly: boolean): Promise<void> {
  const { volumeId: id, stagingTargetPath: source, targetPath: target } = request;
  const staged = await mountAt(source);
  if (staged === undefined) throw new CsiError("FAILED_PRECONDITION", `${id}: not staged on ${source}`);
  const present = await mountAt(target);
  if (present !== undefined) {
    if (present.device === staged.device && present.readOnly === readOnly) return;
    throw occupied(target, present.device);
  }
  const same = (await mountTable()).filter(({ device, root }) => device === staged.device && root === "/");
  refuseSecondWriter(
    request,
    same.map((entry) => entry.target).filter((place) => place !== source),
  );
  await mkdir(target, { recursive: true, mode: 0o750 });
  await runCommand(bindArguments(source, target, readOnly));
}

async function publishDevice(
  store: VolumeStore,
  request: NodePublishVolumeRequest,
  readOnly: boolean,
): Promise<void> {
  const { volumeId: id, targetPath: target } = request;
  const staged = await store.activated(id);
  if (staged === undefined) throw new CsiError("FAILED_PRECONDITION", `${id}: not staged`);
  // A mount that is read-only does not stop writes to a device.
  const device = readOnly ? await store.activateReadOnly(id) : staged;
  const present = await mountAt(target);
  if (present !== undefined) {
    const shown = await shownDevice(target);
    if (shown === (await deviceNumber(device)) && present.readOnly === readOnly) return;
    throw occupied(target, shown ?? present.device);
  }
  refuseSecondWriter(
    request,
    (await bindsOf(staged)).map((entry) => entry.target),
  );
  await bindDevice(device, target, readOnly);
}

/** A volume of one writer is shown at one place. @throws CsiError FAILED_PRECONDITION */
function refuseSecondWriter(
  { volumeId: id, volumeCapability }: NodePublishVolumeRequest,
  shownAt: readonly string[],
): void {
  const [place] = shownAt;
  if (volumeCapability?.accessMode?.mode === "SINGLE_NODE_SINGLE_WRITER" && place !== undefined)
    throw new CsiError("FAILED_PRECONDITION", `${id}: has a single writer, and is published at ${place}`);
}

function occupied(target: string, device: string): CsiError {
  return new CsiError("ALREADY_EXISTS", `${target}: something else is mounted there (device ${device})`);
}

/** Takes a pod's path away, mounts stacked by an earlier fault included. */
export async function unpublish(target: string): Promise<void> {
  while ((await mountAt(target)) !== undefined) await runCommand(["umount", target]);
  const left = await stat(target).catch(() => undefined);
  if (left === undefined) return;
  // rmdir refuses a folder with content: bytes that are not ours are never removed.
  await (left.isDirectory() ? rmdir(target) : rm(target));
}

// SPDX-License-Identifier: Apache-2.0
import { mkdir, rm, rmdir, stat } from "node:fs/promises";
import { CsiError } from "../grpc/csi-error.ts";
import { bindArguments } from "../mount/mount-arguments.ts";
import { mountAt } from "../mount/mount-table.ts";
import { runCommand } from "../support/run-command.ts";
import type { NodePublishVolumeRequest } from "./messages.ts";

/** Shows a staged volume at a pod's path. */
export async function publish(request: NodePublishVolumeRequest): Promise<void> {
  const { volumeId: id, stagingTargetPath: source, targetPath: target } = request;
  const readOnly =
    request.readonly || request.volumeCapability?.accessMode?.mode === "SINGLE_NODE_READER_ONLY";
  const staged = await mountAt(source);
  if (staged === undefined) throw new CsiError("FAILED_PRECONDITION", `${id}: not staged on ${source}`);
  const present = await mountAt(target);
  if (present !== undefined) {
    if (present.device === staged.device && present.readOnly === readOnly) return;
    throw new CsiError(
      "ALREADY_EXISTS",
      `${target}: something else is mounted there (device ${present.device})`,
    );
  }
  await mkdir(target, { recursive: true, mode: 0o750 });
  await runCommand(bindArguments(source, target, readOnly));
}

/** Takes a pod's path away, mounts stacked by an earlier fault included. */
export async function unpublish(target: string): Promise<void> {
  while ((await mountAt(target)) !== undefined) await runCommand(["umount", target]);
  const left = await stat(target).catch(() => undefined);
  if (left === undefined) return;
  // rmdir refuses a folder with content: bytes that are not ours are never removed.
  await (left.isDirectory() ? rmdir(target) : rm(target));
}

// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../support/run-command.ts";

const NOTHING_FOUND = 2;

/** Type of what is on a device, undefined when it is blank (blkid(8) low-level probing, exit code 2). */
export async function contentType(device: string): Promise<string | undefined> {
  const { exitCode, stdout } = await runCommand(["blkid", "-p", "-o", "export", device], [0, NOTHING_FOUND]);
  if (exitCode === NOTHING_FOUND) return undefined;
  return /^(?:TYPE|PTTYPE)=(.+)$/m.exec(stdout)?.[1] ?? "unknown";
}

/** Makes an ext4 filesystem, whatever was there. The device reads as zeros already, so nothing is discarded. */
export async function makeExt4(device: string): Promise<void> {
  await runCommand(["mkfs.ext4", "-q", "-F", "-m", "0", "-E", "nodiscard", device]);
}

/**
 * Grows an unmounted ext4 filesystem to its device; one that fills it stays as it is. Done before mounting, because growing
 * a mounted one needs CAP_SYS_RESOURCE, which some container hosts withhold.
 */
export async function growExt4(device: string): Promise<void> {
  const deviceBytes = Number((await runCommand(["blockdev", "--getsize64", device])).stdout);
  const { blockBytes, bytes } = readSuperblock((await runCommand(["dumpe2fs", "-h", device])).stdout);
  if (deviceBytes - bytes < blockBytes) return;
  // resize2fs wants a freshly checked filesystem. Exit code 1 of e2fsck: faults found and mended, such as a journal replayed.
  await runCommand(["e2fsck", "-f", "-p", device], [0, 1]);
  await runCommand(["resize2fs", device]);
}

/** Sizes in bytes from what `dumpe2fs -h` prints. */
export function readSuperblock(text: string): { blockBytes: number; bytes: number } {
  const field = (name: string): number => {
    const value = new RegExp(`^${name}:\\s+(\\d+)$`, "m").exec(text)?.[1];
    if (value === undefined) throw new Error(`dumpe2fs: no line "${name}" in its answer`);
    return Number(value);
  };
  const blockBytes = field("Block size");
  return { blockBytes, bytes: field("Block count") * blockBytes };
}

// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { CommandError, runCommand } from "../support/run-command.ts";
import { hasCapability, SYS_RESOURCE } from "./capabilities.ts";
import { deviceBytes } from "./device-size.ts";
import type { Filesystem } from "./filesystem.ts";

/** Below this ext4 has no room for a journal worth having. */
const SMALLEST_BYTES = 16 * 1024 ** 2;

export const ext4: Filesystem = {
  name: "ext4",
  smallestBytes: SMALLEST_BYTES,
  mountFlags: [],
  make: makeExt4,
  growUnmounted: async (device) => {
    if (!(await hasRoomToGrow(device))) return;
    // resize2fs wants a freshly checked filesystem. Exit code 1 of e2fsck: faults found and mended, such as a journal replayed.
    await runCommand(["e2fsck", "-f", "-p", device], [0, 1]);
    await runCommand(["resize2fs", device]);
  },
  growMounted: async (device, target) => {
    if (!(await hasRoomToGrow(device))) return;
    try {
      await runCommand(["resize2fs", device]);
    } catch (error) {
      if (!(error instanceof CommandError) || (await hasCapability(SYS_RESOURCE))) throw error;
      // The kernel's EXT4_IOC_RESIZE_FS asks for CAP_SYS_RESOURCE, which some container hosts withhold.
      const why = "growing a mounted ext4 needs CAP_SYS_RESOURCE, which this host withholds";
      const then = "it grows when it is staged next, so restart the pod";
      throw new CsiError("FAILED_PRECONDITION", `${target}: ${why}; ${then}`);
    }
  },
};

/** Makes an ext4 filesystem, whatever was there. The device reads as zeros already, so nothing is discarded. */
export async function makeExt4(device: string): Promise<void> {
  await runCommand(["mkfs.ext4", "-q", "-F", "-m", "0", "-E", "nodiscard", device]);
}

async function hasRoomToGrow(device: string): Promise<boolean> {
  const { blockBytes, bytes } = readSuperblock((await runCommand(["dumpe2fs", "-h", device])).stdout);
  return (await deviceBytes(device)) - bytes >= blockBytes;
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

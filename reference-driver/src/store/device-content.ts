// SPDX-License-Identifier: Apache-2.0
import { deviceBytes } from "../mount/device-size.ts";
import { CommandError, runCommand } from "../support/run-command.ts";

/** Makes the whole device read as zeros, giving the space back to a sparse backing file where that is possible. */
export async function clearDevice(device: string): Promise<void> {
  await clearRange(device, 0, await deviceBytes(device));
}

/** Makes a piece of a device read as zeros; offset and length in bytes. */
export async function clearRange(device: string, offset: number, length: number): Promise<void> {
  const piece = ["--offset", String(offset), "--length", String(length), device];
  try {
    await runCommand(["fallocate", "--punch-hole", ...piece]);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // A device that cannot punch holes: let the kernel write the zeros.
    await runCommand(["blkdiscard", "--zeroout", ...piece]);
  }
}

/** Writes what the kernel still holds for a device to it and drops the cached pages. */
async function flushDevice(device: string): Promise<void> {
  await runCommand(["blockdev", "--flushbufs", device]);
}

/** Arguments that copy a device onto a cleared one: read past the page cache, blocks of zeros left out. */
export function copyArguments(from: string, to: string): string[] {
  const sizes = ["ibs=4M", "obs=128K", "iflag=direct,fullblock", "conv=sparse,fsync,notrunc", "status=none"];
  return ["dd", `if=${from}`, `of=${to}`, ...sizes];
}

/** Copies all bytes of one device onto another of at least its size, which must read as zeros. */
export async function copyDevice(from: string, to: string): Promise<void> {
  await flushDevice(from);
  await runCommand(copyArguments(from, to));
  await flushDevice(to);
}

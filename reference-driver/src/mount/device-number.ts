// SPDX-License-Identifier: Apache-2.0
import { stat } from "node:fs/promises";

/** Number of a block device as `major:minor`, the way the mount table names it (Linux dev_t layout, makedev(3)). */
export async function deviceNumber(device: string): Promise<string> {
  return splitDeviceNumber((await stat(device, { bigint: true })).rdev);
}

export function splitDeviceNumber(rdev: bigint): string {
  const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & ~0xfffn);
  const minor = (rdev & 0xffn) | ((rdev >> 12n) & ~0xffn);
  return `${String(major)}:${String(minor)}`;
}

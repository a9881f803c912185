// SPDX-License-Identifier: Apache-2.0
import { readFileSync, statfsSync, statSync } from "node:fs";

/** How large a mounted file system or a block device is. */
export interface SizeReport {
  readonly kind: "filesystem" | "device";
  readonly bytes: number;
  /** Free for an ordinary user; absent for a device. */
  readonly freeBytes?: number;
}

/** Measures from inside the pod, whatever the API says. */
export function measureSizes(path: string): SizeReport {
  const stat = statSync(path);
  if (stat.isBlockDevice()) return { kind: "device", bytes: deviceBytes(stat.rdev) };
  const { blocks, bsize, bavail } = statfsSync(path);
  return { kind: "filesystem", bytes: blocks * bsize, freeBytes: bavail * bsize };
}

/** sysfs counts in 512-byte sectors, whatever the device's own are. */
function deviceBytes(device: number): number {
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  return Number(readFileSync(`/sys/dev/block/${String(major)}:${String(minor)}/size`, "utf8")) * 512;
}

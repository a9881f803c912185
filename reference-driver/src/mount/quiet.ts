// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { CsiError } from "../grpc/csi-error.ts";
import { runCommand } from "../support/run-command.ts";
import { deviceNumber } from "./device-number.ts";

/** How often a copy is begun again before the writer is said to be too busy. */
const ATTEMPTS = 5;

/**
 * Runs a copy of a device that is written directly and so cannot be frozen, again until no write crossed it.
 * @param copy told whether it is the first attempt
 * @throws CsiError ABORTED when writes crossed every attempt
 */
export async function whileQuiet<T>(device: string, copy: (first: boolean) => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { result, crossed } = await watchWrites(device, () => copy(attempt === 1));
    if (!crossed) return result;
  }
  const seen = `written to during each of ${String(ATTEMPTS)} copies`;
  throw new CsiError(
    "ABORTED",
    `${device}: ${seen}; without device-mapper a block volume is copied while idle`,
  );
}

/**
 * Runs work that no write to a directly written device may cross.
 * @throws CsiError ABORTED when one did
 */
export async function whileUnwritten<T>(device: string, work: () => Promise<T>): Promise<T> {
  const { result, crossed } = await watchWrites(device, work);
  if (!crossed) return result;
  const how = "without device-mapper a block volume of a group is copied while idle";
  throw new CsiError("ABORTED", `${device}: written to while its group was cut; ${how}`);
}

async function watchWrites<T>(
  device: string,
  work: () => Promise<T>,
): Promise<{ result: T; crossed: boolean }> {
  await runCommand(["blockdev", "--flushbufs", device]);
  const before = await writesOf(device);
  const result = await work();
  const after = await writesOf(device);
  const quiet = before.inFlight === 0 && after.inFlight === 0 && before.written === after.written;
  return { result, crossed: !quiet };
}

/** Counters of a device as the kernel's documentation of /sys/block/DEVICE/stat numbers them. */
export function readWrites(stat: string): { written: number; inFlight: number } {
  const fields = stat.trim().split(/\s+/).map(Number);
  return { written: fields[4] ?? 0, inFlight: fields[8] ?? 0 };
}

async function writesOf(device: string): Promise<{ written: number; inFlight: number }> {
  return readWrites(await readFile(`/sys/dev/block/${await deviceNumber(device)}/stat`, "utf8"));
}

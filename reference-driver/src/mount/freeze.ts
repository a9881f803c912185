// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { runCommand } from "../support/run-command.ts";
import { deviceNumber } from "./device-number.ts";
import { mountTable } from "./mount-table.ts";

const frozen = new Set<string>();

/** Where the device is mounted, if it is. */
export async function mountOf(device: string): Promise<string | undefined> {
  const number = await deviceNumber(device);
  return (await mountTable()).find((entry) => entry.device === number)?.target;
}

/**
 * Runs work while the mounted filesystem of a device is frozen: all written data on the device, no new writes.
 * @param work may call what it is given: from then on a signal to this process does not thaw the filesystem any more
 */
export async function whileFrozen<T>(device: string, work: (hold: () => void) => Promise<T>): Promise<T> {
  const target = await mountOf(device);
  return target === undefined ? work(() => undefined) : whileFrozenAt(target, work);
}

/** Runs work while the filesystem mounted at a path is frozen. */
export async function whileFrozenAt<T>(target: string, work: (hold: () => void) => Promise<T>): Promise<T> {
  // Whoever froze it further up the chain of calls thaws it.
  if (frozen.has(target)) return work(() => undefined);
  // What is written back now is not waited for while it is frozen.
  await runCommand(["sync", "--file-system", target]);
  frozen.add(target);
  try {
    await runCommand(["fsfreeze", "--freeze", target]);
    return await work(() => frozen.delete(target));
  } finally {
    await thaw(target);
    frozen.delete(target);
  }
}

/** Thaws a filesystem; exit code 1 means it was not frozen. */
export async function thaw(target: string): Promise<void> {
  await runCommand(["fsfreeze", "--unfreeze", target], [0, 1]);
}

/** Thaws whatever this process froze, without waiting for anything: the last thing it does when told to stop. */
export function thawAllNow(): void {
  for (const target of frozen) spawnSync("fsfreeze", ["--unfreeze", target], { timeout: 400 });
}

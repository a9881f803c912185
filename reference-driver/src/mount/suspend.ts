// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { runCommand } from "../support/run-command.ts";

const suspended = new Set<string>();

/** Runs work while a device-mapper device is suspended: its filesystem is frozen and no write gets on. */
export async function whileSuspended<T>(device: string, work: () => Promise<T>): Promise<T> {
  // Whoever suspended it further up the chain of calls resumes it.
  if (suspended.has(device)) return work();
  suspended.add(device);
  try {
    await runCommand(["dmsetup", "suspend", device]);
    return await work();
  } finally {
    await resume(device);
    suspended.delete(device);
  }
}

/** Lets a device go on; nothing happens to one that is not suspended. */
export async function resume(device: string): Promise<void> {
  await runCommand(["dmsetup", "resume", device]);
}

/** Resumes whatever this process suspended, without waiting for anything: the last thing it does when told to stop. */
export function resumeAllNow(): void {
  for (const device of suspended) spawnSync("dmsetup", ["resume", device], { timeout: 400 });
}

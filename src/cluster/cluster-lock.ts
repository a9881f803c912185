// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { KitError } from "../support/errors.ts";
import { ownerEnvironment } from "../support/orphans.ts";
import { stateHome } from "../support/paths.ts";

/**
 * Runs work while no other process of this user makes or removes the cluster of that name. The lock is the kernel's
 * (flock(1)): it goes with the process that holds it, however that ends.
 * @param say told once when another process holds it
 */
export async function withClusterLock<T>(
  name: string,
  say: (doing: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  const folder = join(stateHome(), "locks");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // it answers when it holds the lock, and ends when this process closes its input or is gone
  const holder = spawn("flock", ["--exclusive", join(folder, name), "cat"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...ownerEnvironment() },
  });
  const ended = once(holder, "exit");
  const waiting = setTimeout(say, 500, "another command is making or removing it: waiting");
  try {
    holder.stdin.write("held\n");
    const said = (await Promise.race([once(holder.stdout, "data"), ended])) as readonly unknown[];
    if (!Buffer.isBuffer(said[0])) throw new KitError("CLUSTER_LOCK", `flock ended before it held ${name}`);
    clearTimeout(waiting);
    return await work();
  } finally {
    clearTimeout(waiting);
    holder.stdin.end();
    await ended.catch(() => undefined);
  }
}

// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";

/** A program that outlives this one. */
export interface Daemon {
  /** Settles when the program ends while we still run: with its exit code, or -1 for a signal. */
  readonly ended: Promise<number>;
}

/** Starts a program in a session of its own, its output appended to a log only the owner can read. */
export async function startDaemon(argv: readonly [string, ...string[]], logFile: string): Promise<Daemon> {
  const [file, ...args] = argv;
  const log = await open(logFile, "a", 0o600);
  const child = spawn(file, args, { detached: true, stdio: ["ignore", log.fd, log.fd] });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("exit", (code) => resolve(code ?? -1));
    child.once("error", reject);
  });
  ended.catch(() => undefined);
  await once(child, "spawn").finally(() => log.close());
  child.unref();
  return { ended };
}

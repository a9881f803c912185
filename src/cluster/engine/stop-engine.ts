// SPDX-License-Identifier: Apache-2.0
import { readdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { endProcessesIn } from "../../support/end-processes-in.ts";
import { exec } from "../../support/exec.ts";
import { identityOf } from "../../support/process-identity.ts";

/** Seconds for dockerd to end its containers and itself: 1 s here without containers. */
const grace = "30";

/** The dockerd that was started with this pid file, found by its arguments: it may have been killed before it wrote the file. */
export async function findEngineProcess(pidFile: string): Promise<number | undefined> {
  for (const id of await readdir("/proc")) {
    if (!/^\d+$/.test(id)) continue;
    const command = (await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")).split("\0");
    const isEngine = (command[0] ?? "").endsWith("dockerd") && command.includes(pidFile);
    if (isEngine && identityOf(Number(id)) !== undefined) return Number(id);
  }
  return undefined;
}

/** Ends dockerd, waits until it is gone, and ends the helpers that a killed one would have left. */
export async function stopEngine(pidFile: string): Promise<void> {
  await endEngineProcess(pidFile);
  await endProcessesIn(dirname(pidFile));
}

/** Ends dockerd alone: the helpers hold containers that the next one is to remove. */
export async function endEngineProcess(pidFile: string): Promise<void> {
  const pid = await findEngineProcess(pidFile);
  if (pid === undefined) return;
  process.kill(pid, "SIGTERM");
  // tail(1) follows the process by its id and ends with it
  await exec(["timeout", grace, "tail", "-s", "0.1", `--pid=${String(pid)}`, "-f", "/dev/null"], {
    allowFailure: true,
  });
  if (identityOf(pid) !== undefined) process.kill(pid, "SIGKILL");
}

// SPDX-License-Identifier: Apache-2.0
import { readdir, readFile } from "node:fs/promises";
import { isAlive, ownIdentity, parseIdentity } from "./process-identity.ts";

/** In the environment of every program the kit runs, and of theirs: which kit process it works for. */
const ownerVariable = "SEAWORTHY_OWNER";

export function ownerEnvironment(): Record<string, string> {
  return { [ownerVariable]: process.env[ownerVariable] ?? ownIdentity() };
}

/**
 * Ends what a killed kit process has left running: a `kind create` would go on making containers behind the clean-up.
 * @returns command names of what was ended
 */
export function endOrphans(): Promise<string[]> {
  return endOwned((owner) => !isAlive(parseIdentity(owner)));
}

/** Ends what this process has started and does not wait for any more. */
export function endOwnPrograms(): Promise<string[]> {
  return endOwned((owner) => owner === ownIdentity());
}

async function endOwned(isChosen: (owner: string) => boolean): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const ended: string[] = [];
  for (const id of ids) {
    const owner = await ownerOf(id);
    if (owner === undefined || !isChosen(owner)) continue;
    ended.push((await readFile(`/proc/${id}/comm`, "utf8").catch(() => "a process")).trim());
    endProcess(Number(id));
  }
  return ended;
}

async function ownerOf(id: string): Promise<string | undefined> {
  const environment = await readFile(`/proc/${id}/environ`, "utf8").catch(() => "");
  const entry = environment.split("\0").find((variable) => variable.startsWith(`${ownerVariable}=`));
  return entry?.slice(ownerVariable.length + 1);
}

/** SIGKILL: its owner is dead, and what it was making is in the journal. */
export function endProcess(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // it ended between the look and the signal
  }
}

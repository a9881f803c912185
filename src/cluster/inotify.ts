// SPDX-License-Identifier: Apache-2.0
import { readFile, writeFile } from "node:fs/promises";
import type { Journal } from "./journal.ts";

const setting = "/proc/sys/fs/inotify/max_user_instances";

/** Instances that seven nodes with a dozen copies of a driver need; distributions allow 128 for all of them together. */
const enough = 1024;

/** Raises the number of inotify instances that all nodes of a host share; what it was before is in the journal first. */
export async function raiseInotifyInstances(journal: Journal): Promise<void> {
  const before = await readInotifyInstances();
  if (before >= enough) return;
  await journal.record({ kind: "inotify-instances", before });
  // without the right to write it, fewer copies of a driver run side by side
  await writeFile(setting, String(enough)).catch(() => undefined);
}

/** Puts back what was there before, unless someone else has set another value since. */
export async function restoreInotifyInstances(before: number): Promise<void> {
  if (await areInotifyInstancesRaised()) await writeFile(setting, String(before));
}

export async function areInotifyInstancesRaised(): Promise<boolean> {
  return (await readInotifyInstances()) === enough;
}

async function readInotifyInstances(): Promise<number> {
  return Number((await readFile(setting, "utf8")).trim());
}

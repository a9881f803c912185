// SPDX-License-Identifier: Apache-2.0
import { unwatchFile, watchFile } from "node:fs";
import { readFile } from "node:fs/promises";

const LOOK_MS = 1_000;

/**
 * Calls once when the file's content is no longer what it was at the start. The file may be replaced whole. It is looked at
 * by stat(2): inotify's 128 instances are one account for all nodes that share the host's kernel.
 */
export async function watchPoolsFile(file: string, onChange: () => void): Promise<() => void> {
  const before = await readFile(file, "utf8");
  const look = (): void => void compare();
  const compare = async (): Promise<void> => {
    const now = await readFile(file, "utf8").catch(() => before);
    if (now === before) return;
    unwatchFile(file, look);
    onChange();
  };
  watchFile(file, { interval: LOOK_MS }, look);
  // It may have changed before the watch stood.
  await compare();
  return () => unwatchFile(file, look);
}

// SPDX-License-Identifier: Apache-2.0
import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** Calls once when the file's content is no longer what it was at the start. The file may be replaced whole. */
export async function watchPoolsFile(file: string, onChange: () => void): Promise<() => void> {
  const before = await readFile(file, "utf8");
  // The folder is watched, not the file: a watch on a file that is replaced sees nothing any more.
  const watcher = watch(path.dirname(file), (_event, name) => {
    if (name === path.basename(file)) void compare();
  });
  const compare = async (): Promise<void> => {
    const now = await readFile(file, "utf8").catch(() => before);
    if (now === before) return;
    watcher.close();
    onChange();
  };
  // It may have changed before the watch stood.
  await compare();
  return () => watcher.close();
}

// SPDX-License-Identifier: Apache-2.0
import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { endProcess } from "./orphans.ts";

/** Ends every process that works in a folder: root, current folder or an argument below it. A killed build leaves such children. */
export async function endProcessesIn(folder: string): Promise<void> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  for (const id of ids) {
    if (await worksIn(id, folder)) endProcess(Number(id));
  }
}

async function worksIn(id: string, folder: string): Promise<boolean> {
  const link = (name: string): Promise<string> => readlink(join("/proc", id, name)).catch(() => "");
  const [root, current, command] = await Promise.all([
    link("root"),
    link("cwd"),
    readFile(join("/proc", id, "cmdline"), "utf8").catch(() => ""),
  ]);
  const isBelow = (path: string): boolean => path === folder || path.startsWith(`${folder}/`);
  return isBelow(root) || isBelow(current) || command.split("\0").some(isBelow);
}

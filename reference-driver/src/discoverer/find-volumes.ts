// SPDX-License-Identifier: Apache-2.0
import { readdir, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "../support/run-command.ts";
import { mountTable } from "../mount/mount-table.ts";
import type { FoundVolume } from "./static-volume.ts";

/**
 * Looks through a folder: block devices (or links to them) and mount points are volumes, anything else is not. A plain
 * folder would share its space and its fate with its neighbours.
 */
export async function findVolumes(folder: string): Promise<FoundVolume[]> {
  const mounted = new Set((await mountTable()).map((entry) => entry.target));
  const names = await readdir(folder);
  const found = await Promise.all(names.sort().map((name) => lookAt(path.join(folder, name), mounted)));
  return found.flatMap((entry) => entry ?? []);
}

async function lookAt(file: string, mounted: ReadonlySet<string>): Promise<FoundVolume | undefined> {
  // A link may lead nowhere for now.
  const seen = await stat(file).catch(() => undefined);
  if (seen?.isBlockDevice() === true) {
    const { stdout } = await runCommand(["blockdev", "--getsize64", file]);
    return { path: file, mode: "Block", bytes: Number(stdout.trim()) };
  }
  if (seen?.isDirectory() !== true || !mounted.has(file)) return undefined;
  const { blocks, bsize } = await statfs(file);
  return { path: file, mode: "Filesystem", bytes: blocks * bsize };
}

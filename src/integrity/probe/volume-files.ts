// SPDX-License-Identifier: Apache-2.0
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Type and options of the mount on a path (proc_pid_mountinfo(5)): the last line for it is what is seen. */
export function mountOn(path: string): { fileSystem: string; options: string[] } {
  const found = readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .findLast((fields) => fields[4] === path);
  if (found === undefined) throw new Error(`nothing is mounted on ${path}`);
  const dash = found.indexOf("-");
  const options = [found[5], found[dash + 3]].flatMap((list) => list?.split(",") ?? []);
  return { fileSystem: found[dash + 1] ?? "", options: [...new Set(options)].sort() };
}

/** Name of the error that a synced write of a new file meets; null when it succeeds. */
export function tryWrite(path: string): { error: string | null } {
  try {
    writeText(path, "x");
    return { error: null };
  } catch (thrown) {
    return { error: codeOf(thrown) };
  }
}

export function ownershipOf(path: string): { user: number; group: number; mode: string } {
  const { uid, gid, mode } = statSync(path);
  return { user: uid, group: gid, mode: (mode & 0o7777).toString(8) };
}

/** Writes and syncs a small file, and its name (fsync(2): the folder's entry takes a sync of its own). */
export function writeText(path: string, text: string): object {
  const descriptor = openSync(path, "w", 0o664);
  writeSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
  return {};
}

/** Writes over the first bytes of a file and leaves it to the kernel when they reach the disk. */
export function overwrite(path: string, text: string): object {
  const descriptor = openSync(path, "r+");
  writeSync(descriptor, text, 0);
  closeSync(descriptor);
  return {};
}

/** Names in a folder, without what mkfs itself puts there. */
export function namesIn(path: string): string[] {
  return readdirSync(path)
    .filter((name) => name !== "lost+found")
    .sort();
}

/** Fills the file system of a path with one file, removes it and says how that went. */
export function fill(path: string): { written: number; error: string; freeAfter: number } {
  const chunk = Buffer.alloc(1024 * 1024, 0x5a);
  const descriptor = openSync(path, "w");
  let written = 0;
  let error = "none";
  try {
    for (;;) {
      const count = writeSync(descriptor, chunk);
      if (count === 0) break;
      written += count;
      // Delayed allocation would report a full disk long after the write that met it.
      fsyncSync(descriptor);
    }
  } catch (thrown) {
    error = codeOf(thrown);
  }
  closeSync(descriptor);
  rmSync(path);
  const { bavail, bsize } = statfsSync(join(dirname(path)));
  return { written, error, freeAfter: bavail * bsize };
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown);
}

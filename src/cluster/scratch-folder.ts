// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "./journal.ts";

const prefix = "scratch-";

/** How to end each that this process has now. */
const unended = new Set<() => Promise<void>>();

/** Whether a journal is of such a folder: it belongs to no cluster and needs no engine. */
export function isScratch({ name }: Pick<Journal, "name">): boolean {
  return name.startsWith(prefix);
}

/**
 * A folder for as long as a piece of work takes; when that is killed, `gc` finds it in its journal.
 * @param purpose part of its name
 * @param parent where it is made, when it has to be on a certain file system
 */
export async function withScratchFolder<T>(
  purpose: string,
  work: (folder: string) => Promise<T>,
  parent: string = tmpdir(),
): Promise<T> {
  const name = `${purpose}-${randomBytes(6).toString("hex")}`;
  const path = join(parent, `seaworthy-${name}`);
  const journal = new Journal(`${prefix}${name}`);
  await journal.record({ kind: "folder", path });
  const end = async (): Promise<void> => {
    await rm(path, { recursive: true, force: true });
    await journal.close();
    unended.delete(end);
  };
  unended.add(end);
  try {
    await mkdir(path, { mode: 0o700 });
    return await work(path);
  } finally {
    await end();
  }
}

/** Removes what this process has made and will not come to the end of: after Ctrl-C. */
export async function abandonScratchFolders(): Promise<void> {
  for (const end of unended) await end();
}

// SPDX-License-Identifier: Apache-2.0
import { lstatSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { readAll } from "./read-all.ts";
import { sha256, type TreeEntry } from "../tree-plan.ts";

/** Everything below a folder, without following links; nothing when the folder is not there. */
export function readTree(root: string): TreeEntry[] {
  if (lstatSync(root, { throwIfNoEntry: false }) === undefined) return [];
  return readFolder(root, "");
}

function readFolder(root: string, folder: string): TreeEntry[] {
  return readdirSync(join(root, folder))
    .sort()
    .flatMap((name) => readEntry(root, folder === "" ? name : `${folder}/${name}`));
}

function readEntry(root: string, path: string): TreeEntry[] {
  const full = join(root, path);
  const stat = lstatSync(full);
  const mode = stat.mode & 0o7777;
  if (stat.isSymbolicLink()) return [{ kind: "link", path, target: readlinkSync(full) }];
  if (stat.isDirectory()) return [{ kind: "directory", path, mode }, ...readFolder(root, path)];
  const modified = Math.floor(stat.mtimeMs / 1000);
  return [{ kind: "file", path, mode, bytes: stat.size, modified, sha256: sha256(readAll(full).bytes) }];
}

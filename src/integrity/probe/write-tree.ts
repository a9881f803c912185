// SPDX-License-Identifier: Apache-2.0
import {
  chmodSync,
  closeSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import {
  fileBytes,
  holeSize,
  type FileEntry,
  type FileRecipe,
  type TreeEntry,
  type TreePlan,
} from "../tree-plan.ts";
import { readTree } from "./read-tree.ts";

/** Makes a folder hold exactly the planned tree: overwrites what is shared with an earlier one, deletes the rest, and syncs. */
export function writeTree(root: string, plan: TreePlan): { readonly entries: number } {
  mkdirSync(root, { recursive: true });
  const kept = new Set(plan.entries.map((entry) => entry.path));
  for (const found of readTree(root)) {
    if (!kept.has(found.path)) rmSync(join(root, found.path), { recursive: true, force: true });
  }
  for (const entry of plan.entries) writeEntry(root, entry, plan.recipes);
  syncFolder(root);
  return { entries: plan.entries.length };
}

function writeEntry(root: string, entry: TreeEntry, recipes: TreePlan["recipes"]): void {
  const path = join(root, entry.path);
  if (entry.kind === "link") {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) rmSync(path);
    symlinkSync(entry.target, path);
  } else if (entry.kind === "directory") {
    mkdirSync(path, { recursive: true });
    chmodSync(path, entry.mode);
  } else {
    const recipe = recipes.get(entry.path);
    if (recipe === undefined) throw new Error(`the plan has no bytes for ${entry.path}`);
    writeFile(path, entry, recipe);
  }
}

function writeFile(path: string, entry: FileEntry, recipe: FileRecipe): void {
  const content = fileBytes(recipe);
  const descriptor = openSync(path, "w", 0o600);
  try {
    if (recipe.holes) {
      ftruncateSync(descriptor, content.length);
      for (let at = 0; at < content.length; at += 2 * holeSize)
        writeSync(descriptor, content, at, holeSize, at);
    } else writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  chmodSync(path, entry.mode);
  utimesSync(path, entry.modified, entry.modified);
}

function syncFolder(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";

/** One thing in a file tree: as it is to be made, and as it was found. Paths are relative, parents come first. */
export type TreeEntry =
  | { readonly kind: "directory"; readonly path: string; readonly mode: number }
  | { readonly kind: "link"; readonly path: string; readonly target: string }
  | FileEntry;

/** A regular file, its bytes given by their hash. */
export interface FileEntry {
  readonly kind: "file";
  readonly path: string;
  readonly mode: number;
  readonly bytes: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly sha256: string;
}

/** How to make a file's bytes: `holes` leaves every other 64 KiB unwritten. */
export interface FileRecipe {
  readonly seed: string;
  readonly bytes: number;
  readonly holes: boolean;
}

/** A tree to be made: what must be found afterwards, and how to make each file. */
export interface TreePlan {
  readonly entries: readonly TreeEntry[];
  readonly recipes: ReadonlyMap<string, FileRecipe>;
}

/** Bytes of a stretch that is written or left as a hole. */
export const holeSize = 65_536;

interface FileShape {
  readonly path: string;
  readonly bytes: number;
  readonly mode?: number;
  readonly holes?: boolean;
}

/** The tree of one generation, a function of its arguments alone. Generations share names but no bytes, and each has names of its own. */
export function planTree(caseHash: string, ownerHash: string, generation: number): TreePlan {
  const own = `only in generation ${String(generation)}`;
  const files: FileShape[] = [
    { path: "empty", bytes: 0 },
    { path: "one byte", bytes: 1, mode: 0o600 },
    { path: "read-only", bytes: 4095, mode: 0o444 },
    { path: "run.sh", bytes: 4097, mode: 0o755 },
    { path: "deep/er/and/deeper/file", bytes: 12_288 + generation },
    { path: "näme mit Ümläuten – 船は航海に耐える ⚓", bytes: 777 },
    { path: "line\nbreak and \ttab", bytes: 100 },
    { path: "l".repeat(255), bytes: 5000 },
    { path: "with holes", bytes: 8 * holeSize, holes: true },
    { path: `${own}/file`, bytes: 2048 },
  ];
  const many = Array.from({ length: 40 }, (_unused, n): FileShape => ({
    path: `many/${String(n).padStart(3, "0")}`,
    bytes: 64 * n,
  }));
  const recipes = new Map<string, FileRecipe>();
  const entries: TreeEntry[] = directories(own);
  for (const file of [...files, ...many]) {
    const recipe = {
      seed: [caseHash, ownerHash, String(generation), file.path].join("/"),
      bytes: file.bytes,
      holes: file.holes ?? false,
    };
    recipes.set(file.path, recipe);
    entries.push(fileEntry(file, recipe, generation));
  }
  entries.push({ kind: "link", path: "link", target: `${own}/file` });
  entries.push({ kind: "link", path: "dangling", target: "nowhere" });
  return { entries, recipes };
}

/** The bytes of a file, holes as zeros. */
export function fileBytes(recipe: FileRecipe): Buffer {
  const content = Buffer.alloc(recipe.bytes);
  for (let offset = 0, counter = 0; offset < recipe.bytes; offset += 32, counter++) {
    if (recipe.holes && Math.floor(offset / holeSize) % 2 === 1) continue;
    createHash("sha256")
      .update(`${recipe.seed}#${String(counter)}`)
      .digest()
      .copy(content, offset);
  }
  return content;
}

/** SHA-256 as hexadecimal digits. */
export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function directories(own: string): TreeEntry[] {
  const paths = ["deep", "deep/er", "deep/er/and", "deep/er/and/deeper", "empty directory", "many", own];
  return paths.map((path) => ({ kind: "directory", path, mode: path === "empty directory" ? 0o700 : 0o755 }));
}

function fileEntry(file: FileShape, recipe: FileRecipe, generation: number): FileEntry {
  return {
    kind: "file",
    path: file.path,
    mode: file.mode ?? 0o644,
    bytes: file.bytes,
    modified: 1_000_000_000 + generation * 86_400,
    sha256: sha256(fileBytes(recipe)),
  };
}

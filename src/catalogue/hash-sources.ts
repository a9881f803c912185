// SPDX-License-Identifier: Apache-2.0
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { hashFiles } from "../support/hash-files.ts";

/** SHA-256 over the names and bytes of a folder's modules, tests left out; hexadecimal. */
export async function hashSources(folder: string): Promise<string> {
  const found = await Array.fromAsync(glob("**/*.{ts,js,mjs}", { cwd: folder }));
  const names = found.filter((name) => !/\.test\.[a-z]+$/.test(name)).sort();
  return hashFiles(names.map((name) => [name.replaceAll("\\", "/"), join(folder, name)] as const));
}

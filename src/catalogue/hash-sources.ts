// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";

/** SHA-256 over the names and bytes of a folder's modules, tests left out; hexadecimal. */
export async function hashSources(folder: string): Promise<string> {
  const found = await Array.fromAsync(glob("**/*.{ts,js,mjs}", { cwd: folder }));
  const names = found.filter((name) => !/\.test\.[a-z]+$/.test(name)).sort();
  const hash = createHash("sha256");
  for (const name of names)
    hash
      .update(`${name.replaceAll("\\", "/")}\0`)
      .update(await readFile(join(folder, name)))
      .update("\0");
  return hash.digest("hex");
}

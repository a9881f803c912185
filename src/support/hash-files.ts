// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** SHA-256 over names and the bytes of the files they stand for, in the order given; hexadecimal. */
export async function hashFiles(files: readonly (readonly [name: string, path: string])[]): Promise<string> {
  const hash = createHash("sha256");
  for (const [name, path] of files)
    hash
      .update(`${name}\0`)
      .update(await readFile(path))
      .update("\0");
  return hash.digest("hex");
}

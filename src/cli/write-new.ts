// SPDX-License-Identifier: Apache-2.0
import { writeFile } from "node:fs/promises";
import { KitError, toError } from "../support/errors.ts";

/** Writes a file that is not there yet. @throws KitError `FILE_EXISTS` of kind `usage` */
export async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (thrown) {
    const error = toError(thrown);
    if (!("code" in error) || error.code !== "EEXIST") throw thrown;
    throw new KitError("FILE_EXISTS", `--out ${file}: there is such a file`, {
      kind: "usage",
      cause: thrown,
      hint: "name another, or remove it first",
    });
  }
  process.stderr.write(`wrote ${file}\n`);
}

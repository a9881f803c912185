// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { KitError, toError } from "../support/errors.ts";

/**
 * Reads a key named on the command line.
 * @throws KitError of kind `usage`: `KEY_UNREADABLE`, `KEY_INVALID`
 */
export async function readKeyFile(
  file: string,
  parse: (pem: string, file: string) => KeyObject,
): Promise<KeyObject> {
  const pem = await readFile(file, "utf8").catch((thrown: unknown) => {
    const { message } = toError(thrown);
    throw new KitError("KEY_UNREADABLE", `read key ${file}: ${message}`, { kind: "usage", cause: thrown });
  });
  return parse(pem, file);
}

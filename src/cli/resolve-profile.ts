// SPDX-License-Identifier: Apache-2.0
import { readdir } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { KitError } from "../support/errors.ts";
import { packageRoot } from "../support/paths.ts";
import { suggest } from "../support/suggest.ts";

/**
 * Path of a profile given by the name of a driver the kit brings, or by path.
 * @throws KitError of kind `usage`
 */
export async function resolveProfile(nameOrPath: string): Promise<string> {
  if (extname(nameOrPath) !== "" || nameOrPath.includes("/")) return resolve(nameOrPath);
  const folder = join(packageRoot, "fixtures/drivers");
  const known = await readdir(folder);
  if (known.includes(nameOrPath)) return join(folder, nameOrPath, "profile.yaml");
  const near = suggest(nameOrPath, known);
  throw new KitError("DRIVER_UNKNOWN", `no driver is called "${nameOrPath}"; there are ${known.join(", ")}`, {
    kind: "usage",
    hint: near === undefined ? "give one of these, or the path of a profile" : `did you mean ${near}?`,
  });
}

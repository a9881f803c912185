// SPDX-License-Identifier: Apache-2.0
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { MutantInfo } from "../catalogue/mutant.ts";
import { KitError, toError } from "../support/errors.ts";
import { moduleFile } from "../support/module-file.ts";
import type { DriverProfile } from "./profile.ts";

const mutantList = z.object({
  MUTANTS: z.array(
    z.object({
      slug: z.string(),
      title: z.string(),
      driver: z.string().optional(),
      fromStart: z.boolean().optional(),
      breaks: z.array(z.string()).min(1),
      caughtBy: z.array(z.string()).min(1),
    }),
  ),
});

/**
 * The broken variants a profile brings; none when it brings none.
 * @throws KitError of kind `usage` when the module the profile names exports no list of mutants
 */
export async function loadMutants(profile: DriverProfile, profileFile: string): Promise<MutantInfo[]> {
  const { mutants } = profile.spec;
  if (mutants === undefined) return [];
  const file = moduleFile(resolve(dirname(profileFile), mutants.list));
  try {
    return mutantList.parse(await import(pathToFileURL(file).href)).MUTANTS;
  } catch (thrown) {
    throw new KitError("MUTANTS_INVALID", `${file}: ${toError(thrown).message}`, {
      kind: "usage",
      cause: thrown,
      hint: "spec.mutants.list names a module that exports MUTANTS",
    });
  }
}

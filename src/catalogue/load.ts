// SPDX-License-Identifier: Apache-2.0
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { KitError, toError } from "../support/errors.ts";
import { hashFiles } from "../support/hash-files.ts";
import { moduleFile } from "../support/module-file.ts";
import { packageRoot } from "../support/paths.ts";
import type { ConformanceCase } from "./case.ts";
import { type Feature, featureNames } from "./features.ts";

/** A case and where it is. */
export interface CatalogueCase extends ConformanceCase {
  /** Path under suites/ without `.case.ts`. */
  readonly id: string;
  /** Absolute path. */
  readonly file: string;
}

/** All cases of the kit, by id. */
export interface Catalogue {
  readonly cases: readonly CatalogueCase[];
  /** SHA-256 over the ids and sources of all cases, hexadecimal. */
  readonly hash: string;
}

const count = z.int().nonnegative();

const caseModule = z.object({
  default: z.object({
    meta: z.strictObject({
      title: z.string().min(1),
      covers: z.array(z.string()).min(1),
      features: z.array(z.enum(featureNames as readonly [Feature, ...Feature[]])).min(1),
      needs: z.strictObject({
        nodes: count,
        zones: count,
        racks: count.exactOptional(),
        domains: count.exactOptional(),
        sharedBy: count.exactOptional(),
        nodeExec: z.boolean().exactOptional(),
        alone: z.boolean().exactOptional(),
        sockets: z.boolean().exactOptional(),
        pools: z.boolean().exactOptional(),
        nodePower: z.boolean().exactOptional(),
        fileSystemShutdown: z.boolean().exactOptional(),
      }),
      cost: z.strictObject({ typicalSeconds: count, limitSeconds: count, volumes: count, megabytes: count }),
    }),
    run: z.custom<ConformanceCase["run"]>((value) => typeof value === "function", "a function"),
  }),
});

const suitesFolder = join(packageRoot, "suites");

/**
 * Finds and imports every `*.case.ts`; importing one runs none of its body.
 * @throws KitError `CASE_INVALID` naming the file and what is wrong with it
 */
export async function loadCatalogue(folder = suitesFolder): Promise<Catalogue> {
  const names = (await Array.fromAsync(glob("**/*.case.ts", { cwd: folder }))).sort();
  const cases: CatalogueCase[] = [];
  for (const name of names) {
    const file = join(folder, name);
    const id = caseId(name);
    cases.push({ id, file, ...(await importCase(moduleFile(file))) });
  }
  return { cases, hash: await hashFiles(cases.map(({ id, file }) => [id, file])) };
}

/** `placement/disk-follows-pod` of `placement/disk-follows-pod.case.ts`. */
export function caseId(pathUnderSuites: string): string {
  return pathUnderSuites.replaceAll("\\", "/").replace(/\.case\.ts$/, "");
}

async function importCase(file: string): Promise<ConformanceCase> {
  let loaded: unknown;
  try {
    loaded = await import(pathToFileURL(file).href);
  } catch (thrown) {
    const cause = toError(thrown);
    throw new KitError("CASE_INVALID", `import ${file}: ${cause.message}`, { cause });
  }
  const parsed = caseModule.safeParse(loaded);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new KitError("CASE_INVALID", `${file}: ${problems.join("; ")}`, {
      hint: "The file's default export is what defineCase returns.",
    });
  }
  const { meta, run } = parsed.data.default;
  return { meta, run };
}

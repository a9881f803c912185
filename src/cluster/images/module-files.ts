// SPDX-License-Identifier: Apache-2.0
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { type Artefact, ensureArtefact } from "./artefact-store.ts";
import { moduleFolder } from "./go-bundle.ts";
import { hashFolder, hashValues } from "./hash-inputs.ts";
import { type ImageRecipe, imagesFolder } from "./recipe.ts";

/** Takes the recipe's files out of published Go modules, checked against go.sum. */
export async function ensureModuleFiles(recipe: ImageRecipe): Promise<Artefact> {
  const pins = await Promise.all(
    recipe.moduleFiles.map((entry) => hashFolder(join(imagesFolder, "go", entry.bundle))),
  );
  return ensureArtefact({
    name: "module-files",
    hash: hashValues(recipe.moduleFiles, pins),
    build: async (folder) => {
      for (const entry of recipe.moduleFiles) {
        const from = join(await moduleFolder(entry.bundle, entry.module), entry.path);
        await cp(from, join(folder, entry.as), { recursive: true });
      }
    },
  });
}

// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { type Artefact, hasArtefact } from "./artefact-store.ts";
import { ensureGoBundle, goArtefactName, hashGoBundle } from "./go-bundle.ts";
import { hashValues } from "./hash-inputs.ts";
import type { GoBundle, ImageRecipe } from "./recipe.ts";

/** Receives what the independent parts of a build are doing, by name of the part. */
export type SayPart = (part: string, doing: string) => void;

/** Program name → file. */
export type Programs = ReadonlyMap<string, string>;

/** Programs that run on the host itself. */
export const hostPrograms = ["kind", "bounded-runc"] as const;

/** Programs a node image made from nothing holds. */
export function builtNodePrograms(recipe: ImageRecipe): string[] {
  return [...Object.values(recipe.nodeFiles).flat(), ...recipe.images.map((image) => image.program)];
}

/** Programs every node needs an image of, also one that was pulled. */
export function sidecars(recipe: ImageRecipe): string[] {
  return recipe.images.flatMap((image) => (image.sidecar ? [image.program] : []));
}

/** The bundles, whole, that hold any of these programs. */
export function bundlesOf(recipe: ImageRecipe, programs: readonly string[]): GoBundle[] {
  return recipe.bundles.filter((bundle) => bundle.programs.some(({ name }) => programs.includes(name)));
}

/** The bundles that hold these programs, cut down to them: three sidecars do not need all of Kubernetes compiled. */
export function cutBundles(recipe: ImageRecipe, programs: readonly string[]): GoBundle[] {
  return bundlesOf(recipe, programs).map((bundle) => ({
    ...bundle,
    programs: bundle.programs.filter(({ name }) => programs.includes(name)),
  }));
}

/** Hash of all that the programs of some bundles are made from. */
export async function hashPrograms(bundles: readonly GoBundle[], recipe: ImageRecipe): Promise<string> {
  return hashValues(...(await Promise.all(bundles.map((bundle) => hashGoBundle(bundle, recipe.kubernetes)))));
}

/** True when nothing of these bundles would have to be built. */
export async function areCached(bundles: readonly GoBundle[], recipe: ImageRecipe): Promise<boolean> {
  const there = await Promise.all(
    bundles.map(async (bundle) =>
      hasArtefact(goArtefactName(bundle), await hashGoBundle(bundle, recipe.kubernetes)),
    ),
  );
  return !there.includes(false);
}

/** Builds bundles. The first has a lane of its own: the recipe's first takes as long as all the others together. */
export async function ensurePrograms(
  bundles: readonly GoBundle[],
  recipe: ImageRecipe,
  say: SayPart,
): Promise<Programs> {
  const programs = new Map<string, string>();
  const lane = async (some: readonly GoBundle[]): Promise<void> => {
    for (const bundle of some) {
      const { folder } = await ensureBundle(bundle, recipe, say);
      for (const { name } of bundle.programs) programs.set(name, join(folder, name));
    }
  };
  await Promise.all([lane(bundles.slice(0, 1)), lane(bundles.slice(1))]);
  return programs;
}

/** Part of a bundle comes from the whole when the cache has that: the bytes are the same. */
async function ensureBundle(bundle: GoBundle, recipe: ImageRecipe, say: SayPart): Promise<Artefact> {
  const whole = recipe.bundles.find(({ name }) => name === bundle.name) ?? bundle;
  const from = (await areCached([whole], recipe)) ? whole : bundle;
  return ensureGoBundle(from, recipe.kubernetes, (doing) => say(`Go programs: ${bundle.name}`, doing));
}

/** @throws Error when the recipe names a program no bundle builds */
export function requireProgram(programs: Programs, name: string): string {
  const file = programs.get(name);
  if (file === undefined) throw new Error(`images/recipe.yaml names program ${name}, which no bundle builds`);
  return file;
}

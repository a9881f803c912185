// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../../support/errors.ts";
import { hashBuiltNode } from "./built-node-image.ts";
import { ensureCrane } from "./crane.ts";
import { type BaseLayers, findBaseLayers } from "./debian-base.ts";
import type { ImageSource } from "./image-source.ts";
import { hasNodeImage } from "./node-image.ts";
import { type ImagePins, pinChoices, readPins } from "./pins.ts";
import { type SayPart, sidecars } from "./programs.ts";
import { hashPulledNode } from "./pulled-node-image.ts";
import type { ImageRecipe } from "./recipe.ts";
import { askRegistries, type RegistryAnswers } from "./registries.ts";

/** How the node image will be had. */
export type ImagePlan =
  | { readonly variant: "built" }
  /** `pins` are those that can be had; a sidecar without one is built. */
  | { readonly variant: "pulled"; readonly pins: ImagePins };

/**
 * Decides between pulling and building. What the cache has is used; only when it has neither are the registries asked.
 * @throws KitError `REGISTRY_SILENT` when only pulling is allowed and something cannot be pulled
 */
export async function planImages(recipe: ImageRecipe, source: ImageSource, say: SayPart): Promise<ImagePlan> {
  if (source === "build") return { variant: "built" };
  const pins = await readPins(recipe.pull, sidecars(recipe));
  const cached = await findCached(recipe, source, pins);
  if (cached !== undefined) return cached;
  const wanted = [pins.node, ...Object.values(pins.images)];
  say("registries", `asking for ${wanted.join(", ")}`);
  const answers = await askRegistries(wanted, () =>
    ensureCrane(recipe, (doing) => say("registry client", doing)),
  );
  for (const [reference, reason] of answers.silent) say("registries", `${reference}: ${reason}`);
  return planFromAnswers(pins, answers, source);
}

/** The plan that answers allow. @throws KitError as {@link planImages} */
export function planFromAnswers(pins: ImagePins, answers: RegistryAnswers, source: ImageSource): ImagePlan {
  const [missing] = answers.silent;
  if (source === "pull" && missing !== undefined) {
    throw new KitError("REGISTRY_SILENT", `pull ${missing[0]}: ${missing[1]}`, {
      kind: "host",
      hint: "SEAWORTHY_IMAGES=auto builds what cannot be pulled; SEAWORTHY_PINS names a file with pins of another registry",
    });
  }
  if (!answers.answering.includes(pins.node)) return { variant: "built" };
  const answering = Object.entries(pins.images).filter(([, reference]) =>
    answers.answering.includes(reference),
  );
  return { variant: "pulled", pins: { node: pins.node, images: Object.fromEntries(answering) } };
}

/** The plan whose node image the cache has: a pulled one before a built one, because that is what asking would lead to. */
export async function findCached(
  recipe: ImageRecipe,
  source: ImageSource,
  pins: ImagePins,
): Promise<ImagePlan | undefined> {
  const base = await findBaseLayers(recipe);
  if (base === undefined) return undefined;
  for (const choice of source === "pull" ? [pins] : pinChoices(pins)) {
    if (await hasNodeImage("pulled", await hashPulledNode(recipe, base, choice)))
      return { variant: "pulled", pins: choice };
  }
  return source === "auto" && (await hasBuilt(recipe, base)) ? { variant: "built" } : undefined;
}

async function hasBuilt(recipe: ImageRecipe, base: BaseLayers): Promise<boolean> {
  return hasNodeImage("built", await hashBuiltNode(recipe, base));
}

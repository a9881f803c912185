// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { isKitError, toError } from "../../support/errors.ts";
import type { Artefact } from "./artefact-store.ts";
import { type HostFacts, readHostFacts } from "../host.ts";
import { ensureBuiltNode, hashBuiltNode } from "./built-node-image.ts";
import { ensureCrane } from "./crane.ts";
import { type BaseLayers, ensureBaseLayers, findBaseLayers } from "./debian-base.ts";
import { findCached, type ImagePlan, planImages } from "./image-plan.ts";
import { readImageSource } from "./image-source.ts";
import { ensureModuleFiles } from "./module-files.ts";
import { hasNodeImage, type NodeImage } from "./node-image.ts";
import { readPins } from "./pins.ts";
import {
  areCached,
  builtNodePrograms,
  bundlesOf,
  cutBundles,
  ensurePrograms,
  hostPrograms,
  type Programs,
  requireProgram,
  type SayPart,
  sidecars,
} from "./programs.ts";
import { ensurePulledNode, type PulledMaterials, pullImages, unpinnedSidecars } from "./pulled-node-image.ts";
import { type GoBundle, type ImageRecipe, readImageRecipe } from "./recipe.ts";

/** Everything a cluster is made from, on disk. */
export interface Images {
  readonly base: BaseLayers;
  readonly node: NodeImage;
  /** Such as `v1.36.3`: the version in the node image. */
  readonly kubernetes: string;
  /** Path of the kind program. */
  readonly kind: string;
  /** Path of the runtime wrapper for hosts with a reduced capability bounding set. */
  readonly boundedRunc: string;
  /** Folder with the snapshot CustomResourceDefinitions. */
  readonly snapshotCrds: string;
}

/** What both kinds of node image, and the host, need. */
interface CommonParts {
  readonly base: BaseLayers;
  readonly host: Programs;
  readonly files: Artefact;
}

/**
 * Makes what the cache lacks: pulls by digest when registries answer, builds otherwise. `SEAWORTHY_IMAGES` (`auto`, `build`
 * or `pull`) and `SEAWORTHY_PINS` (a file of kind ImagePins) change that.
 * @param host read when not given
 * @throws KitError `IMAGE_DIGEST_MISMATCH` whenever a registry sends other bytes than asked for
 */
export async function ensureImages(say: SayPart, host?: Pick<HostFacts, "cgroupVersion">): Promise<Images> {
  const recipe = await readImageRecipe();
  const source = readImageSource(host ?? (await readHostFacts()));
  const plan = await planImages(recipe, source, say);
  if (plan.variant === "built") return makeBuilt(recipe, say);
  try {
    return await makePulled(recipe, plan, say);
  } catch (thrown) {
    if (source === "pull" || mustStop(thrown)) throw thrown;
    say("images", `cannot use pulled ones, building them instead: ${toError(thrown).message}`);
    return makeBuilt(recipe, say);
  }
}

/** Other bytes than asked for are never passed over, and an interrupted run does not start anew. */
function mustStop(thrown: unknown): boolean {
  return isKitError(thrown) && (thrown.code === "IMAGE_DIGEST_MISMATCH" || thrown.kind === "interrupted");
}

async function makeBuilt(recipe: ImageRecipe, say: SayPart): Promise<Images> {
  const [common, programs] = await Promise.all([makeCommon(recipe, say), ensureNodePrograms(recipe, say)]);
  const kindFiles = join(common.files.folder, "kind-node-files");
  const parts = { recipe, base: common.base, programs, kindFiles };
  return toImages(common, await ensureBuiltNode(parts, (doing) => say("node image", doing)));
}

/** Nothing when the node image is there already: then nobody asks for its programs. */
async function ensureNodePrograms(recipe: ImageRecipe, say: SayPart): Promise<Programs> {
  const base = await findBaseLayers(recipe);
  if (base !== undefined && (await hasNodeImage("built", await hashBuiltNode(recipe, base))))
    return new Map();
  return ensurePrograms(bundlesOf(recipe, builtNodePrograms(recipe)), recipe, say);
}

async function makePulled(
  recipe: ImageRecipe,
  { pins }: Extract<ImagePlan, { variant: "pulled" }>,
  say: SayPart,
): Promise<Images> {
  const common = await makeCommon(recipe, say);
  const makeMaterials = async (): Promise<PulledMaterials> => {
    const crane = await ensureCrane(recipe, (doing) => say("registry client", doing));
    const images = await pullImages(pins, crane, (doing) => say("images", doing));
    const unpinned = cutBundles(recipe, unpinnedSidecars(recipe, pins));
    return { crane, images, programs: await ensurePrograms(unpinned, recipe, say) };
  };
  const parts = { recipe, base: common.base, pins, makeMaterials };
  return toImages(common, await ensurePulledNode(parts, (doing) => say("node image", doing)));
}

async function makeCommon(recipe: ImageRecipe, say: SayPart): Promise<CommonParts> {
  const [base, host, files] = await Promise.all([
    ensureBaseLayers(recipe, (doing) => say("Debian base", doing)),
    ensurePrograms(bundlesOf(recipe, hostPrograms), recipe, say),
    ensureModuleFiles(recipe),
  ]);
  return { base, host, files };
}

function toImages({ base, host, files }: CommonParts, node: NodeImage): Images {
  return {
    base,
    node,
    kubernetes: node.kubernetes,
    kind: requireProgram(host, "kind"),
    boundedRunc: requireProgram(host, "bounded-runc"),
    snapshotCrds: join(files.folder, "snapshot-crds"),
  };
}

/** True when nothing slow would be made: the node image itself takes half a minute. */
export async function imagesAreCached(): Promise<boolean> {
  const recipe = await readImageRecipe();
  const source = readImageSource(await readHostFacts());
  const cached = (bundles: readonly GoBundle[]): Promise<boolean> => areCached(bundles, recipe);
  if ((await findBaseLayers(recipe)) === undefined) return false;
  if (!(await cached(bundlesOf(recipe, hostPrograms)))) return false;
  const pins = await readPins(recipe.pull, sidecars(recipe));
  if ((await findCached(recipe, source, pins)) !== undefined) return true;
  return source !== "pull" && (await cached(bundlesOf(recipe, builtNodePrograms(recipe))));
}

// SPDX-License-Identifier: Apache-2.0
import { cp } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Artefact, ensureArtefact, hasArtefact } from "./artefact-store.ts";
import { baseArtefactName, type BaseLayers, ensureBaseLayers, hashBaseLayers } from "./debian-base.ts";
import { ensureGoBundle, goArtefactName, hashGoBundle, moduleFolder } from "./go-bundle.ts";
import { hashFolder, hashValues } from "./hash-inputs.ts";
import { type NodeImage, ensureNodeImage } from "./node-image.ts";
import { type GoBundle, type ImageRecipe, imagesFolder, readImageRecipe } from "./recipe.ts";

/** Everything a cluster is made from, on disk. */
export interface Images {
  readonly base: BaseLayers;
  readonly node: NodeImage;
  /** Such as `v1.36.3`. */
  readonly kubernetes: string;
  /** Path of the kind program. */
  readonly kind: string;
  /** Path of the runtime wrapper for hosts with a reduced capability bounding set. */
  readonly boundedRunc: string;
  /** Folder with the snapshot CustomResourceDefinitions. */
  readonly snapshotCrds: string;
}

/** Reports of the independent parts of a build, by name of the part. */
export type SayPart = (part: string, doing: string) => void;

/** Builds what the cache lacks: Go programs one bundle after another, Debian beside them, then the node image. */
export async function ensureImages(say: SayPart): Promise<Images> {
  const recipe = await readImageRecipe();
  const [base, bundles, files] = await Promise.all([
    ensureBaseLayers(recipe, (doing) => say("Debian base", doing)),
    ensureBundles(recipe, say),
    ensureModuleFiles(recipe),
  ]);
  const programs = new Map<string, string>();
  for (const [bundle, artefact] of bundles) {
    for (const { name } of bundle.programs) programs.set(name, join(artefact.folder, name));
  }
  const programsHash = hashValues(...[...bundles.values()].map((artefact) => basename(artefact.folder)));
  const kindFiles = join(files.folder, "kind-node-files");
  const node = await ensureNodeImage({ recipe, base, programs, programsHash, kindFiles }, (doing) =>
    say("node image", doing),
  );
  return {
    base,
    node,
    kubernetes: recipe.kubernetes,
    kind: String(programs.get("kind")),
    boundedRunc: String(programs.get("bounded-runc")),
    snapshotCrds: join(files.folder, "snapshot-crds"),
  };
}

/** True when nothing slow would be built: the node image itself takes half a minute. */
export async function imagesAreCached(): Promise<boolean> {
  const recipe = await readImageRecipe();
  const bundles = recipe.bundles.map(async (bundle) =>
    hasArtefact(goArtefactName(bundle), await hashGoBundle(bundle, recipe.kubernetes)),
  );
  const there = await Promise.all([
    ...bundles,
    hashBaseLayers(recipe).then((hash) => hasArtefact(baseArtefactName, hash)),
  ]);
  return !there.includes(false);
}

/** The largest bundle has a lane of its own: it takes as long as all the others together. */
async function ensureBundles(recipe: ImageRecipe, say: SayPart): Promise<Map<GoBundle, Artefact>> {
  const [largest, ...others] = recipe.bundles;
  const made = new Map<GoBundle, Artefact>();
  const lane = async (bundles: readonly (GoBundle | undefined)[]): Promise<void> => {
    for (const bundle of bundles) {
      if (bundle === undefined) continue;
      made.set(
        bundle,
        await ensureGoBundle(bundle, recipe.kubernetes, (doing) => say(`Go programs: ${bundle.name}`, doing)),
      );
    }
  };
  await Promise.all([lane([largest]), lane(others)]);
  return new Map(recipe.bundles.flatMap((bundle) => entryOf(made, bundle)));
}

function entryOf(made: ReadonlyMap<GoBundle, Artefact>, bundle: GoBundle): [GoBundle, Artefact][] {
  const artefact = made.get(bundle);
  return artefact === undefined ? [] : [[bundle, artefact]];
}

async function ensureModuleFiles(recipe: ImageRecipe): Promise<Artefact> {
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

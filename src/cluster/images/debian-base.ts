// SPDX-License-Identifier: Apache-2.0
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exec } from "../../support/exec.ts";
import { type Artefact, type Say, ensureArtefact, findArtefact } from "./artefact-store.ts";
import { hashFile, hashValues } from "./hash-inputs.ts";
import { type Blob, writeLayer } from "./oci-layout.ts";
import type { ImageRecipe } from "./recipe.ts";

/** Bump when the steps below change: they are inputs of the artefact too. */
const steps = 2;

/** Read by nobody in a container, and a third of the bytes. */
const unread = [
  "usr/share/doc",
  "usr/share/man",
  "usr/share/locale",
  "usr/share/info",
  "var/cache/apt",
  "var/lib/apt/lists",
  "var/cache/debconf",
];

/** The two layers every image of ours stands on: Debian with LVM and file-system tools, and Node.js. */
export interface BaseLayers {
  readonly artefact: Artefact;
  readonly debian: Blob;
  readonly node: Blob;
  /** Layer files, in order. */
  readonly files: { readonly debian: string; readonly node: string };
}

/** Debootstraps the base once and keeps it as reproducible layers. Root only. */
export async function ensureBaseLayers(recipe: ImageRecipe, say: Say): Promise<BaseLayers> {
  const artefact = await ensureArtefact({
    name: artefactName,
    hash: await hashBaseLayers(recipe),
    build: (folder) => build(recipe, folder, say),
  });
  return readBaseLayers(artefact);
}

/** The base layers when the cache has them. */
export async function findBaseLayers(recipe: ImageRecipe): Promise<BaseLayers | undefined> {
  const artefact = await findArtefact(artefactName, await hashBaseLayers(recipe));
  return artefact === undefined ? undefined : readBaseLayers(artefact);
}

const artefactName = "debian-base";

let nodeProgram: Promise<Blob> | undefined;

async function hashBaseLayers(recipe: ImageRecipe): Promise<string> {
  // 120 MB, and it stays the same while we run
  nodeProgram ??= hashFile(process.execPath);
  return hashValues(steps, recipe.debian, await nodeProgram, process.arch);
}

async function readBaseLayers(artefact: Artefact): Promise<BaseLayers> {
  const layers = JSON.parse(await readFile(join(artefact.folder, "layers.json"), "utf8")) as {
    debian: Blob;
    node: Blob;
  };
  return {
    artefact,
    ...layers,
    files: { debian: join(artefact.folder, "debian.tar"), node: join(artefact.folder, "node.tar") },
  };
}

async function build(recipe: ImageRecipe, folder: string, say: Say): Promise<void> {
  const root = join(folder, "root");
  const include = `--include=${recipe.debian.packages.join(",")}`;
  await exec(["debootstrap", "--variant=minbase", include, recipe.debian.suite, root], {
    onLine: (line) => {
      if (line.startsWith("I: ")) say(line.slice(3));
    },
  });
  const installed = await exec(["chroot", root, "dpkg-query", "--show"]);
  await writeFile(join(folder, "packages.txt"), installed.stdout);
  for (const path of unread) await rm(join(root, path), { recursive: true, force: true });
  say("packing layers");
  const debian = await writeLayer(root, join(folder, "debian.tar"));
  await rm(root, { recursive: true });
  const nodeRoot = join(folder, "node-root");
  await mkdir(join(nodeRoot, "usr/local/bin"), { recursive: true });
  await copyFile(process.execPath, join(nodeRoot, "usr/local/bin/node"));
  const node = await writeLayer(nodeRoot, join(folder, "node.tar"));
  await rm(nodeRoot, { recursive: true });
  await writeFile(join(folder, "layers.json"), JSON.stringify({ debian, node }));
}

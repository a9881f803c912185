// SPDX-License-Identifier: Apache-2.0
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { exec } from "../../support/exec.ts";
import type { Say } from "./artefact-store.ts";
import type { BaseLayers } from "./debian-base.ts";
import { hashValues } from "./hash-inputs.ts";
import { type NodeImage, ensureNodeImage } from "./node-image.ts";
import { hashNodeSetup, installProgram, packNodeImage, setUpRoot } from "./node-root.ts";
import { packPodImages } from "./pod-images.ts";
import { builtNodePrograms, bundlesOf, hashPrograms, type Programs, requireProgram } from "./programs.ts";
import { type ImageRecipe, imagesFolder } from "./recipe.ts";

/** Bump when the steps below change: they are inputs of the artefact too. */
const steps = 8;
const script = "setup-built.sh";

/** Everything a node image is made from when no registry answers. */
export interface BuiltNodeParts {
  readonly recipe: ImageRecipe;
  readonly base: BaseLayers;
  readonly programs: Programs;
  /** kind's own files for a node's root file system, unpacked from its Go module. */
  readonly kindFiles: string;
}

/** Hash of all it is made from; the base layers must be there. */
export async function hashBuiltNode(recipe: ImageRecipe, base: BaseLayers): Promise<string> {
  const programs = await hashPrograms(bundlesOf(recipe, builtNodePrograms(recipe)), recipe);
  const { kubernetes, nodeFiles, images, moduleFiles } = recipe;
  const wanted = [kubernetes, nodeFiles, images, moduleFiles];
  return hashValues(steps, wanted, base.debian, base.node, programs, await hashNodeSetup(script));
}

/** Builds the kind node image: Debian, containerd, kubelet, kind's files, and every pod image in containerd's store. */
export async function ensureBuiltNode(parts: BuiltNodeParts, say: Say): Promise<NodeImage> {
  return ensureNodeImage({
    variant: "built",
    kubernetes: parts.recipe.kubernetes,
    hash: await hashBuiltNode(parts.recipe, parts.base),
    build: (folder, name) => build(parts, name, folder, say),
  });
}

async function build(parts: BuiltNodeParts, name: string, folder: string, say: Say): Promise<void> {
  const { recipe, base, programs } = parts;
  const root = join(folder, "root");
  say("unpacking the root file system");
  await mkdir(root);
  await exec(["tar", "--extract", "--file", base.files.debian, "-C", root]);
  await addNodeFiles(parts, root);
  say("packing pod images");
  await packPodImages(
    { images: recipe.images, base, programs, pulled: new Map() },
    join(root, "pod-images.tar"),
    join(folder, "layout"),
  );
  await setUpRoot(root, { script, args: [recipe.kubernetes] }, say);
  await packNodeImage(folder, name, say);
}

async function addNodeFiles(parts: BuiltNodeParts, root: string): Promise<void> {
  await cp(parts.kindFiles, root, { recursive: true, force: true });
  // the module cache is read-only and without execute bits
  await exec(["chmod", "-R", "u+w", join(root, "kind"), join(root, "etc"), join(root, "usr/local")]);
  await exec(["chmod", "-R", "a+rx", join(root, "kind/bin"), join(root, "usr/local/bin")]);
  for (const [target, names] of Object.entries(parts.recipe.nodeFiles)) {
    await mkdir(join(root, target), { recursive: true });
    for (const program of names)
      await installProgram(requireProgram(parts.programs, program), join(root, target, program));
  }
  const { stdout: runc } = await exec(["which", "runc"]);
  await installProgram(runc.trim(), join(root, "usr/local/sbin/runc"));
  await cp(join(imagesFolder, "node", "files"), root, { recursive: true, force: true });
}

// SPDX-License-Identifier: Apache-2.0
import { chmod, copyFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exec } from "../../support/exec.ts";
import { type Artefact, type Say, ensureArtefact } from "./artefact-store.ts";
import type { BaseLayers } from "./debian-base.ts";
import { hashFolder, hashValues } from "./hash-inputs.ts";
import { OciLayout, writeLayer } from "./oci-layout.ts";
import { packPodImages } from "./pod-images.ts";
import { type ImageRecipe, imagesFolder } from "./recipe.ts";

/** Bump when the steps below change: they are inputs of the artefact too. */
const steps = 7;

/** Everything a node image is made from. */
export interface NodeImageParts {
  readonly recipe: ImageRecipe;
  readonly base: BaseLayers;
  /** Program name → file. */
  readonly programs: ReadonlyMap<string, string>;
  /** Hash over the folders the programs come from. */
  readonly programsHash: string;
  /** kind's own files for a node's root file system, unpacked from its Go module. */
  readonly kindFiles: string;
}

/** A `docker load`able archive, `image.tar`, and the name and id it loads as. */
export interface NodeImage {
  readonly artefact: Artefact;
  readonly archive: string;
  readonly name: string;
  readonly id: string;
}

/** Builds the kind node image: Debian, containerd, kubelet, kind's files, and every pod image in containerd's store. */
export async function ensureNodeImage(parts: NodeImageParts, say: Say): Promise<NodeImage> {
  const setup = await hashFolder(join(imagesFolder, "node"));
  const hash = hashValues(steps, parts.recipe, parts.base.debian, parts.base.node, parts.programsHash, setup);
  const name = `seaworthy.dev/node:${parts.recipe.kubernetes}-${hash.slice(0, 12)}`;
  const artefact = await ensureArtefact({
    name: "node-image",
    hash,
    build: (folder) => build(parts, name, folder, say),
  });
  const id = await readFile(join(artefact.folder, "id"), "utf8");
  return { artefact, archive: join(artefact.folder, "image.tar"), name, id };
}

async function build(parts: NodeImageParts, name: string, folder: string, say: Say): Promise<void> {
  const root = join(folder, "root");
  say("unpacking the root file system");
  await mkdir(root);
  await exec(["tar", "--extract", "--file", parts.base.files.debian, "-C", root]);
  await addNodeFiles(parts, root);
  say("packing pod images");
  await packPodImages(parts, join(root, "pod-images.tar"), join(folder, "layout"));
  say("importing pod images into containerd");
  await runInRoot(root, join(imagesFolder, "node", "setup.sh"), [parts.recipe.kubernetes], say);
  await rm(join(root, "pod-images.tar"));
  say("packing the node image");
  const layerFile = join(folder, "layer.tar");
  const layer = await writeLayer(root, layerFile);
  await rm(root, { recursive: true });
  const layout = await OciLayout.create(join(folder, "layout"));
  await layout.addLayer(layerFile, layer);
  const id = await layout.addImage({
    names: [name],
    layers: [layer],
    // systemd shuts down cleanly on this signal only: systemd(1), SIGNALS
    config: {
      Entrypoint: ["/usr/local/bin/entrypoint", "/sbin/init"],
      Env: ["container=docker"],
      StopSignal: "SIGRTMIN+3",
    },
  });
  await layout.pack(join(folder, "image.tar"));
  await writeFile(join(folder, "id"), id);
}

async function addNodeFiles(parts: NodeImageParts, root: string): Promise<void> {
  await cp(parts.kindFiles, root, { recursive: true, force: true });
  // the module cache is read-only and without execute bits
  await exec(["chmod", "-R", "u+w", join(root, "kind"), join(root, "etc"), join(root, "usr/local")]);
  await exec(["chmod", "-R", "a+rx", join(root, "kind/bin"), join(root, "usr/local/bin")]);
  for (const [target, names] of Object.entries(parts.recipe.nodeFiles)) {
    await mkdir(join(root, target), { recursive: true });
    for (const program of names)
      await install(requireProgram(parts.programs, program), join(root, target, program));
  }
  const { stdout: runc } = await exec(["which", "runc"]);
  await install(runc.trim(), join(root, "usr/local/sbin/runc"));
  await cp(join(imagesFolder, "node", "files"), root, { recursive: true, force: true });
}

async function install(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, 0o755);
}

/** @throws Error when the recipe names a program no bundle builds. */
export function requireProgram(programs: ReadonlyMap<string, string>, name: string): string {
  const file = programs.get(name);
  if (file === undefined) throw new Error(`images/recipe.yaml names program ${name}, which no bundle builds`);
  return file;
}

/** Runs a script inside the root file system with /proc mounted; the artefact store unmounts it after a crash. */
async function runInRoot(root: string, script: string, args: readonly string[], say: Say): Promise<void> {
  const inside = join(root, "setup.sh");
  await copyFile(script, inside);
  await exec(["mount", "-t", "proc", "proc", join(root, "proc")]);
  try {
    await exec(["chroot", root, "/bin/bash", "/setup.sh", ...args], { onLine: say });
  } finally {
    await exec(["umount", join(root, "proc")]);
  }
  await rm(inside);
}

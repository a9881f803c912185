// SPDX-License-Identifier: Apache-2.0
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BaseLayers } from "./debian-base.ts";
import { type Blob, OciLayout, writeLayer } from "./oci-layout.ts";
import { type Programs, requireProgram } from "./programs.ts";
import type { ImageRecipe } from "./recipe.ts";

const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Name of the image that keeps the shared base layers in every node's store. */
const baseImageName = "seaworthy.dev/base:1";

/** What goes into a node's image store, and from where. */
export interface PodImageParts {
  readonly images: ImageRecipe["images"];
  readonly base: BaseLayers;
  readonly programs: Programs;
  /** Program → folder in OCI layout with an image that holds it; the others are made of programs. */
  readonly pulled: ReadonlyMap<string, string>;
}

/** Packs the base image and one image for each program asked for into one archive for `ctr images import`. */
export async function packPodImages(parts: PodImageParts, archive: string, work: string): Promise<void> {
  const layout = await OciLayout.create(work);
  await layout.addLayer(parts.base.files.debian, parts.base.debian, true);
  await layout.addLayer(parts.base.files.node, parts.base.node, true);
  await layout.addImage({ names: [baseImageName], layers: baseBlobs(parts.base), config: { Env: [path] } });
  for (const image of parts.images) {
    const pulled = parts.pulled.get(image.program);
    if (pulled === undefined) await addProgramImage(layout, image, parts);
    else await layout.addLayout(pulled, image.names);
  }
  await layout.pack(archive);
}

async function addProgramImage(
  layout: OciLayout,
  image: ImageRecipe["images"][number],
  { base, programs }: PodImageParts,
): Promise<void> {
  const layer = await addProgramLayer(layout, requireProgram(programs, image.program), image.program);
  await layout.addImage({
    names: image.names,
    layers: image.onDebian ? [base.debian, layer] : [layer],
    config: { Entrypoint: [`/usr/local/bin/${image.program}`], Env: [path] },
  });
}

/** One file to put into a thin image. */
export interface ThinFile {
  readonly from: string;
  /** Absolute path in the image. */
  readonly to: string;
}

/**
 * Packs an image of one thin layer over the base. The base's layers are left out, because every node of the kit's clusters
 * has them, unless the image is to be whole.
 */
export async function packThinImage(
  image: { readonly name: string; readonly files: readonly ThinFile[]; readonly whole?: boolean },
  base: BaseLayers,
  archive: string,
): Promise<void> {
  const tree = `${archive}.tree`;
  for (const file of image.files) {
    await mkdir(join(tree, file.to, ".."), { recursive: true });
    await copyFile(file.from, join(tree, file.to));
  }
  const layerFile = `${archive}.layer`;
  const layer = await writeLayer(tree, layerFile);
  const layout = await OciLayout.create(`${archive}.layout`);
  if (image.whole === true) {
    await layout.addLayer(base.files.debian, base.debian, true);
    await layout.addLayer(base.files.node, base.node, true);
  }
  await layout.addLayer(layerFile, layer);
  await layout.addImage({
    names: [image.name],
    layers: [...baseBlobs(base), layer],
    config: { Env: [path] },
  });
  await layout.pack(archive);
  await rm(tree, { recursive: true });
}

function baseBlobs(base: BaseLayers): Blob[] {
  return [base.debian, base.node];
}

async function addProgramLayer(layout: OciLayout, file: string, name: string): Promise<Blob> {
  const tree = join(layout.folder, "tree");
  await mkdir(join(tree, "usr/local/bin"), { recursive: true });
  await mkdir(join(tree, "tmp"), { mode: 0o1777 });
  await copyFile(file, join(tree, "usr/local/bin", name));
  const layerFile = join(layout.folder, "layer");
  const layer = await writeLayer(tree, layerFile);
  await layout.addLayer(layerFile, layer);
  await rm(tree, { recursive: true });
  return layer;
}

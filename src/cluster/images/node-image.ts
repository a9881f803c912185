// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Artefact, ensureArtefact, hasArtefact } from "./artefact-store.ts";

/** Where a node image came from. */
export type NodeImageVariant = "built" | "pulled";

/** A `docker load`able archive, `image.tar`, and the name and id it loads as. */
export interface NodeImage {
  readonly variant: NodeImageVariant;
  /** Version of Kubernetes in it, like `v1.36.3`. */
  readonly kubernetes: string;
  readonly artefact: Artefact;
  readonly archive: string;
  readonly name: string;
  readonly id: string;
}

/** What a node image is made from, and how. */
export interface NodeImageRequest {
  readonly variant: NodeImageVariant;
  readonly kubernetes: string;
  /** Over all inputs. */
  readonly hash: string;
  /** Leaves `image.tar` and `id` in the folder. */
  readonly build: (folder: string, name: string) => Promise<void>;
}

/** The two variants never share an artefact, nor a name in the engine. */
const artefactNames: Readonly<Record<NodeImageVariant, string>> = {
  built: "node-image",
  pulled: "node-image-pulled",
};

/** Takes the node image from the cache or makes it. */
export async function ensureNodeImage(request: NodeImageRequest): Promise<NodeImage> {
  const { variant, kubernetes, hash } = request;
  const suffix = variant === "pulled" ? "-pulled" : "";
  const name = `seaworthy.dev/node:${kubernetes}-${hash.slice(0, 12)}${suffix}`;
  const artefact = await ensureArtefact({
    name: artefactNames[variant],
    hash,
    build: (folder) => request.build(folder, name),
  });
  const id = await readFile(join(artefact.folder, "id"), "utf8");
  return { variant, kubernetes, artefact, archive: join(artefact.folder, "image.tar"), name, id };
}

/** True when the cache has the node image. */
export function hasNodeImage(variant: NodeImageVariant, hash: string): Promise<boolean> {
  return hasArtefact(artefactNames[variant], hash);
}

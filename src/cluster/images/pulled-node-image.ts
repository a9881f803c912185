// SPDX-License-Identifier: Apache-2.0
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { KitError } from "../../support/errors.ts";
import { exec } from "../../support/exec.ts";
import { type Artefact, type Say, ensureArtefact } from "./artefact-store.ts";
import { withHostNetwork } from "./chroot-network.ts";
import { type Crane, platform, type PullFormat } from "./crane.ts";
import type { BaseLayers } from "./debian-base.ts";
import { hashValues } from "./hash-inputs.ts";
import { type NodeImage, ensureNodeImage } from "./node-image.ts";
import { hashNodeSetup, packNodeImage, setUpRoot } from "./node-root.ts";
import { type ImagePins, parsePin } from "./pins.ts";
import { packPodImages } from "./pod-images.ts";
import { cutBundles, hashPrograms, type Programs, sidecars } from "./programs.ts";
import { type ImageRecipe, imagesFolder } from "./recipe.ts";

/** Bump when the steps below change: they are inputs of the artefact too. */
const steps = 1;
const script = "setup-pulled.sh";

/** Images out of a registry, kept by digest. */
export interface PulledImages {
  /** A `docker load`able archive of the kind node image. */
  readonly node: string;
  /** Sidecar program → folder in OCI layout. */
  readonly sidecars: ReadonlyMap<string, string>;
}

/** What a missing node image is made of. */
export interface PulledMaterials {
  readonly crane: Crane;
  readonly images: PulledImages;
  /** The sidecars that have no pin. */
  readonly programs: Programs;
}

/** Everything a node image is made from when a registry answers. */
export interface PulledNodeParts {
  readonly recipe: ImageRecipe;
  readonly base: BaseLayers;
  readonly pins: ImagePins;
  /** Called only when the cache lacks the node image. */
  readonly makeMaterials: () => Promise<PulledMaterials>;
}

/** Sidecars that are built beside a pulled node image. */
export function unpinnedSidecars(recipe: ImageRecipe, pins: ImagePins): string[] {
  return sidecars(recipe).filter((program) => pins.images[program] === undefined);
}

/** Hash of all it is made from; the base layers must be there. */
export async function hashPulledNode(
  recipe: ImageRecipe,
  base: BaseLayers,
  pins: ImagePins,
): Promise<string> {
  const programs = await hashPrograms(cutBundles(recipe, unpinnedSidecars(recipe, pins)), recipe);
  const digests = [pins.node, ...Object.values(pins.images)].map((reference) => parsePin(reference).sha256);
  const images = recipe.images.filter((image) => image.sidecar);
  const wanted = [digests, parsePin(pins.node).tag, platform(), recipe.pull.packages, images];
  return hashValues(steps, wanted, base.debian, base.node, programs, await hashNodeSetup(script));
}

/** Pulls what is pinned, by digest. @throws KitError as {@link Crane.pull} */
export async function pullImages(pins: ImagePins, crane: Crane, say: Say): Promise<PulledImages> {
  const node = await ensurePulled(crane, pins.node, "tarball", say);
  const found = new Map<string, string>();
  for (const [program, reference] of Object.entries(pins.images)) {
    const { folder } = await ensurePulled(crane, reference, "oci", say);
    found.set(program, join(folder, "image"));
  }
  return { node: join(node.folder, "image"), sidecars: found };
}

async function ensurePulled(
  crane: Crane,
  reference: string,
  format: PullFormat,
  say: Say,
): Promise<Artefact> {
  return ensureArtefact({
    name: "pulled-image",
    hash: hashValues(parsePin(reference).sha256, platform(), format),
    build: (folder) => {
      say(`pulling ${reference}`);
      return crane.pull(reference, format, join(folder, "image"));
    },
  });
}

/** Adds to kind's own node image what the kit needs: LVM and file-system tools, its network, the sidecars and the base layers. */
export async function ensurePulledNode(parts: PulledNodeParts, say: Say): Promise<NodeImage> {
  const kubernetes = parsePin(parts.pins.node).tag;
  return ensureNodeImage({
    variant: "pulled",
    kubernetes,
    hash: await hashPulledNode(parts.recipe, parts.base, parts.pins),
    build: (folder, name) => build(parts, name, folder, say),
  });
}

async function build(parts: PulledNodeParts, name: string, folder: string, say: Say): Promise<void> {
  const { recipe, base } = parts;
  const { crane, images: pulled, programs } = await parts.makeMaterials();
  const root = join(folder, "root");
  say("unpacking the pulled node image");
  await mkdir(root);
  await crane.flatten(pulled.node, join(folder, "root.tar"));
  await exec(["tar", "--extract", "--numeric-owner", "--file", join(folder, "root.tar"), "-C", root]);
  await rm(join(folder, "root.tar"));
  await checkVersion(root, parts.pins.node);
  await cp(join(imagesFolder, "node", "files"), root, { recursive: true, force: true });
  say("packing pod images");
  const images = recipe.images.filter((image) => image.sidecar);
  await packPodImages(
    { images, base, programs, pulled: pulled.sidecars },
    join(root, "pod-images.tar"),
    join(folder, "layout"),
  );
  await withHostNetwork(root, () => setUpRoot(root, { script, args: recipe.pull.packages }, say));
  await packNodeImage(folder, name, say);
}

async function checkVersion(root: string, reference: string): Promise<void> {
  const found = (await readFile(join(root, "kind/version"), "utf8").catch(() => "none")).trim();
  if (found === parsePin(reference).tag) return;
  throw new KitError(
    "NODE_IMAGE_UNFIT",
    `${reference} holds Kubernetes ${found} by its file /kind/version, which is not what its tag says`,
    { hint: "pin an image that kind itself published, or one made with `kind build node-image`" },
  );
}

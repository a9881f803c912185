// SPDX-License-Identifier: Apache-2.0
import { glob } from "node:fs/promises";
import { join } from "node:path";
import type { BaseLayers } from "../cluster/images/debian-base.ts";
import { hashFile, hashValues } from "../cluster/images/hash-inputs.ts";
import { packThinImage, type ThinFile } from "../cluster/images/pod-images.ts";
import type { RunningCluster } from "../cluster/provider.ts";
import { KitError } from "../support/errors.ts";
import { exec } from "../support/exec.ts";
import { inLanes } from "../support/in-lanes.ts";
import { isPackaged, moduleFile } from "../support/module-file.ts";
import { packageRoot } from "../support/paths.ts";
import { bundleProgram } from "./bundle-program.ts";
import type { DriverProfile } from "./profile.ts";

/** The image of the pods that write and read volumes. */
const probeRepository = "seaworthy.dev/probe";

/** An archive of one thin image. Its tag is the hash of its files, so that one name never means two contents. */
export interface ThinImage {
  readonly name: string;
  readonly archive: string;
}

/** What is put on the nodes for a driver. */
export interface DriverImages {
  readonly probe: ThinImage;
  /** Undefined when the driver's image is not the kit's to build. */
  readonly driver: ThinImage | undefined;
}

/** Builds the probe's image, and the driver's when its profile says that the kit builds it. A second or two; nothing is cached. */
export async function buildDriverImages(
  profile: DriverProfile,
  base: BaseLayers,
  folder: string,
): Promise<DriverImages> {
  const { build } = profile.spec.install;
  const [probe, driver] = await Promise.all([
    buildProbe(base, folder),
    build === undefined ? undefined : buildWorkspace(build, base, folder),
  ]);
  return { probe, driver };
}

/** Puts an image on every node that does not have it; the base layers are there already. */
export async function loadImage(cluster: RunningCluster, image: ThinImage): Promise<void> {
  const ctr = ["ctr", "--namespace=k8s.io", "images"] as const;
  const load = async (node: string): Promise<void> => {
    const { stdout } = await cluster.exec(node, [...ctr, "list", "--quiet", `name==${image.name}`]);
    if (stdout.includes(image.name)) return;
    await cluster.exec(node, [...ctr, "import", "--no-unpack", "-"], { inputFile: image.archive });
  };
  await Promise.all(cluster.nodes.map((node) => load(node.name)));
}

/** The probe's image with all its layers, for clusters that are not the kit's. */
export function buildWholeProbe(base: BaseLayers, folder: string): Promise<ThinImage> {
  return buildProbe(base, folder, true);
}

async function buildProbe(base: BaseLayers, folder: string, whole = false): Promise<ThinImage> {
  return packImage({ repository: probeRepository, files: await probeFiles(folder), whole }, base, folder);
}

/** The programs that run in pods, bundled into a folder. */
export async function probeFiles(folder: string): Promise<ThinFile[]> {
  const source = join(packageRoot, "src");
  const probe = join(folder, "probe.mjs");
  const announce = join(folder, "announce.mjs");
  const list = join(folder, "list.mjs");
  const call = join(folder, "csi-call.mjs");
  const relay = join(folder, "relay.mjs");
  await bundleProgram(moduleFile(join(source, "integrity/probe/main.ts")), probe);
  await bundleProgram(moduleFile(join(source, "driver/announce-program.ts")), announce);
  await bundleProgram(moduleFile(join(source, "driver/list-program.ts")), list);
  await bundleProgram(moduleFile(join(source, "driver/csi-call-program.ts")), call);
  await bundleProgram(moduleFile(join(source, "driver/relay/relay-program.ts")), relay);
  return [
    { from: call, to: "/opt/seaworthy/csi-call.mjs" },
    { from: relay, to: "/opt/seaworthy/relay.mjs" },
    { from: probe, to: "/opt/seaworthy/probe.mjs" },
    { from: announce, to: "/opt/seaworthy/announce.mjs" },
    { from: list, to: "/opt/seaworthy/list.mjs" },
    { from: join(packageRoot, "proto/csi.proto"), to: "/opt/seaworthy/proto/csi.proto" },
  ];
}

/**
 * The image of a driver of this repository with all its layers, under the name that is asked for.
 * @throws KitError `NOTHING_TO_BUILD` of kind `usage`
 */
export async function buildWholeDriver(
  profile: DriverProfile,
  base: BaseLayers,
  { folder, name }: { readonly folder: string; readonly name?: string | undefined },
): Promise<ThinImage> {
  const { build } = profile.spec.install;
  if (build === undefined)
    throw new KitError(
      "NOTHING_TO_BUILD",
      `profile ${profile.metadata.name}: its image is not the kit's to build`,
      {
        kind: "usage",
      },
    );
  const files = await workspaceFiles(build.workspace);
  return packImage({ repository: repositoryOf(build.image), files, whole: true, name }, base, folder);
}

async function buildWorkspace(
  build: { workspace: string; image: string },
  base: BaseLayers,
  folder: string,
): Promise<ThinImage> {
  const files = await workspaceFiles(build.workspace);
  return packImage({ repository: repositoryOf(build.image), files, whole: false }, base, folder);
}

/** What a workspace's build makes, in the order of its paths. */
async function workspaceFiles(workspace: string): Promise<ThinFile[]> {
  // the package holds what is built
  if (!isPackaged)
    await exec(["npm", "run", "build", "--silent", "--workspace", workspace], { cwd: packageRoot });
  const dist = join(packageRoot, workspace, "dist");
  const files: ThinFile[] = [];
  for await (const entry of glob("**/*", { cwd: dist, withFileTypes: true })) {
    const from = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.push({ from, to: join("/opt/seaworthy", from.slice(dist.length)) });
  }
  return files.toSorted((a, b) => a.to.localeCompare(b.to));
}

/** An image name without its tag. */
export function repositoryOf(image: string): string {
  return image.replace(/:[^:/]+$/, "");
}

interface ImageToPack {
  readonly repository: string;
  readonly files: readonly ThinFile[];
  readonly whole: boolean;
  /** In place of the repository with a hash as its tag. */
  readonly name?: string | undefined;
}

/** Packs files over the base; without a name the hash of all of them is the tag. */
export async function packImage(
  { repository, files, whole, name: given }: ImageToPack,
  base: BaseLayers,
  folder: string,
): Promise<ThinImage> {
  // not thousands of open files at once
  const contents = await inLanes(
    files,
    16,
    async ({ from, to }) => [to, (await hashFile(from)).sha256] as const,
  );
  const name =
    given ?? `${repository}:${hashValues(base.debian.sha256, base.node.sha256, contents).slice(0, 16)}`;
  const archive = join(folder, `${name.replaceAll(/[^a-z0-9]+/g, "-")}.tar`);
  await packThinImage({ name, files, whole }, base, archive);
  return { name, archive };
}

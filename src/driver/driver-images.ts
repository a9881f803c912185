// SPDX-License-Identifier: Apache-2.0
import { glob, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BaseLayers } from "../cluster/images/debian-base.ts";
import { hashFile } from "../cluster/images/hash-inputs.ts";
import { packThinImage, type ThinFile } from "../cluster/images/pod-images.ts";
import type { RunningCluster } from "../cluster/provider.ts";
import { exec } from "../support/exec.ts";
import { packageRoot } from "../support/paths.ts";
import { bundleProgram } from "./bundle-program.ts";
import type { DriverProfile } from "./profile.ts";

/** The image of the pods that write and read volumes. */
export const probeImage = "seaworthy.dev/probe:dev";

/** An archive of one thin image, and the hash of its bytes. */
export interface ThinImage {
  readonly name: string;
  readonly archive: string;
  readonly sha256: string;
}

/** Builds the probe's image, and the driver's when its profile says that the kit builds it. A second or two; nothing is cached. */
export async function buildDriverImages(
  profile: DriverProfile,
  base: BaseLayers,
  folder: string,
): Promise<ThinImage[]> {
  const { build } = profile.spec.install;
  const images = [buildProbe(base, folder)];
  if (build !== undefined) images.push(buildWorkspace(build, base, folder));
  return Promise.all(images);
}

/** A folder for archives that is removed when the work is done. */
export async function withImageFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "seaworthy-images-"));
  return work(folder).finally(() => rm(folder, { recursive: true, force: true }));
}

/** Puts an image on every node; the base layers are there already. */
export async function loadImage(cluster: RunningCluster, image: ThinImage): Promise<void> {
  const load = async (node: string): Promise<void> => {
    const command = ["ctr", "--namespace=k8s.io", "images", "import", "--no-unpack", "-"] as const;
    await cluster.exec(node, [...command], { inputFile: image.archive });
  };
  await Promise.all(cluster.nodes.map((node) => load(node.name)));
}

async function buildProbe(base: BaseLayers, folder: string): Promise<ThinImage> {
  const source = join(packageRoot, "src");
  const probe = join(folder, "probe.mjs");
  const announce = join(folder, "announce.mjs");
  await bundleProgram(join(source, "integrity/probe/main.ts"), probe);
  await bundleProgram(join(source, "driver/announce-program.ts"), announce);
  return pack(probeImage, base, folder, [
    { from: probe, to: "/opt/seaworthy/probe.mjs" },
    { from: announce, to: "/opt/seaworthy/announce.mjs" },
    { from: join(packageRoot, "proto/csi.proto"), to: "/opt/seaworthy/proto/csi.proto" },
  ]);
}

async function buildWorkspace(
  build: { workspace: string; image: string },
  base: BaseLayers,
  folder: string,
): Promise<ThinImage> {
  await exec(["npm", "run", "build", "--silent", "--workspace", build.workspace], { cwd: packageRoot });
  const dist = join(packageRoot, build.workspace, "dist");
  const files: ThinFile[] = [];
  for await (const entry of glob("**/*", { cwd: dist, withFileTypes: true })) {
    const from = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.push({ from, to: join("/opt/seaworthy", from.slice(dist.length)) });
  }
  return pack(
    build.image,
    base,
    folder,
    files.toSorted((a, b) => a.to.localeCompare(b.to)),
  );
}

async function pack(
  name: string,
  base: BaseLayers,
  folder: string,
  files: readonly ThinFile[],
): Promise<ThinImage> {
  const archive = join(folder, `${name.replaceAll(/[^a-z0-9]+/g, "-")}.tar`);
  await packThinImage({ name, files }, base, archive);
  return { name, archive, sha256: (await hashFile(archive)).sha256 };
}

// SPDX-License-Identifier: Apache-2.0
import { glob, stat } from "node:fs/promises";
import { join } from "node:path";
import type { BaseLayers } from "../cluster/images/debian-base.ts";
import type { ThinFile } from "../cluster/images/pod-images.ts";
import { exec } from "../support/exec.ts";
import { isPackaged } from "../support/module-file.ts";
import { packageRoot } from "../support/paths.ts";
import { packImage, probeFiles, type ThinImage } from "./driver-images.ts";
import { findDependencies } from "./kit-dependencies.ts";

const kitRepository = "seaworthy.dev/kit";

/** Where the kit is in its image: below `node_modules`, as an installed package. */
const installedAt = "/opt/seaworthy/kit";

/** The kit's program in its image. */
export const kitProgram = `${installedAt}/node_modules/seaworthy/bin/seaworthy.js`;

/** Folder of the package with its package.json: the checkout, or where it is installed. */
const packageTop = isPackaged ? join(packageRoot, "../..") : join(packageRoot);

/** What nobody reads at run time; licences go with what they are about. */
const unread = /(?<!\/(licen[cs]e|notice)[^/]*)\.(d\.[cm]?ts|map|md)$/i;

/** The image of the kit itself, with its probe: what certifies from within a cluster. */
export async function buildKitImage(base: BaseLayers, folder: string, whole: boolean): Promise<ThinImage> {
  const files = [...(await kitFiles()), ...(await probeFiles(folder))];
  const sorted = files.toSorted((a, b) => (a.to < b.to ? -1 : 1));
  return packImage({ repository: kitRepository, files: sorted, whole }, base, folder);
}

async function kitFiles(): Promise<ThinFile[]> {
  if (!isPackaged) await buildPackage();
  const own = join(installedAt, "node_modules/seaworthy");
  const dependencies = await findDependencies(packageTop);
  const trees = [
    { from: join(packageTop, "dist/package"), to: join(own, "dist/package"), except: ["reference-driver"] },
    { from: join(packageTop, "bin"), to: join(own, "bin"), except: [] },
    ...dependencies.map(({ folder, place }) => ({
      from: folder,
      to: join(installedAt, place),
      except: ["node_modules"],
    })),
  ];
  const files = await Promise.all(trees.map((tree) => filesOf(tree)));
  return [{ from: join(packageTop, "package.json"), to: join(own, "package.json") }, ...files.flat()];
}

/** @param tree `except`: folders at its top that are left out */
async function filesOf(tree: {
  readonly from: string;
  readonly to: string;
  readonly except: readonly string[];
}): Promise<ThinFile[]> {
  const files: ThinFile[] = [];
  const exclude = (entry: { readonly name: string; readonly parentPath: string }): boolean =>
    entry.parentPath === tree.from && tree.except.includes(entry.name);
  for await (const entry of glob("**/*", { cwd: tree.from, withFileTypes: true, exclude })) {
    const from = join(entry.parentPath, entry.name);
    if (entry.isFile() && !unread.test(from))
      files.push({ from, to: join(tree.to, from.slice(tree.from.length)) });
  }
  return files;
}

/** Compiles the checkout, unless what was compiled is newer than every source. */
async function buildPackage(): Promise<void> {
  const built = await stat(join(packageRoot, "dist/package/package.json")).catch(() => undefined);
  if (built !== undefined && (await newestSource()) < built.mtimeMs) return;
  await exec(["npm", "run", "--silent", "build"], { cwd: packageRoot });
}

async function newestSource(): Promise<number> {
  let newest = 0;
  for await (const file of glob(["{src,suites,fixtures,proto,schemas}/**/*", "package.json"], {
    cwd: packageRoot,
  }))
    newest = Math.max(newest, (await stat(join(packageRoot, file))).mtimeMs);
  return newest;
}

// SPDX-License-Identifier: Apache-2.0
import { glob, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { readReportFolder } from "../src/cli/report-folder.ts";
import type { PublishedFolder } from "../src/report/published.ts";
import { packageRoot } from "../src/support/paths.ts";

const root = join(packageRoot, "reports/published");

/** Every folder below reports/published that holds something other than a driver's README, in order. */
export async function readPublishedFolders(): Promise<PublishedFolder[]> {
  const files = await Array.fromAsync(glob("*/*/*", { cwd: root }));
  const paths = [...new Set(files.map((file) => dirname(file)))].sort();
  return Promise.all(paths.map(readPublished));
}

async function readPublished(path: string): Promise<PublishedFolder> {
  const folder = join(root, path);
  const found = await readReportFolder(folder);
  const texts = new Map<string, string>();
  for (const file of found.files) texts.set(file.path, await readFile(join(folder, file.path), "utf8"));
  const readme = await readFile(join(dirname(folder), "README.md"), "utf8").catch(() => undefined);
  return { path: relative(root, folder), found, texts, readme };
}

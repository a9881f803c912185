// SPDX-License-Identifier: Apache-2.0
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";

/** A package that another one needs when it runs. */
export interface Dependency {
  readonly folder: string;
  /** Where it belongs below the folder that the package itself is installed in: `node_modules/a/node_modules/b`. */
  readonly place: string;
}

const names = z.record(z.string(), z.unknown()).default({});
const packageFile = z.object({
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
});

/** Everything that is installed of what a package needs, found as Node.js finds it: in the nearest `node_modules` above. */
export async function findDependencies(packageTop: string): Promise<Dependency[]> {
  const top = basename(dirname(packageTop)) === "node_modules" ? dirname(dirname(packageTop)) : packageTop;
  const found = new Set<string>();
  const visit = async (folder: string): Promise<void> => {
    const text = await readFile(join(folder, "package.json"), "utf8");
    for (const name of needed(packageFile.parse(JSON.parse(text)))) {
      const dependency = await findInstalled(name, folder);
      if (dependency === undefined || found.has(dependency)) continue;
      found.add(dependency);
      await visit(dependency);
    }
  };
  await visit(packageTop);
  return [...found].sort().map((folder) => ({ folder, place: relative(top, folder) }));
}

/** Types are for compilers; an optional peer is somebody else's choice. */
function needed(file: z.infer<typeof packageFile>): string[] {
  const peers = Object.keys(file.peerDependencies).filter(
    (name) => file.peerDependenciesMeta[name]?.optional !== true,
  );
  return [...Object.keys(file.dependencies), ...Object.keys(file.optionalDependencies), ...peers].filter(
    (name) => !name.startsWith("@types/"),
  );
}

/** Undefined for what is not installed, such as an optional dependency of another platform. */
async function findInstalled(name: string, from: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    const there = await stat(join(candidate, "package.json")).catch(() => undefined);
    if (there !== undefined) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

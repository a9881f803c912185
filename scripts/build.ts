// SPDX-License-Identifier: Apache-2.0
// Makes dist/package: the kit as JavaScript with all it reads, for `npm pack`. Suites keep their sources, which the test runner reads and the catalogue's hash is over.
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { $ } from "zx";
import { packageRoot } from "../src/support/paths.ts";

const out = join(packageRoot, "dist/package");
const data = ["clusters", "fixtures", "images", "proto", "schemas", "suites"];

await rm(out, { recursive: true, force: true });
await $({ cwd: packageRoot, quiet: true })`npm run build --silent --workspace reference-driver`;
await $({ cwd: packageRoot, quiet: true })`tsc -p tsconfig.build.json`;
// archives of images are made where they are used
const filter = (path: string): boolean => !path.endsWith(".tar");
for (const folder of data)
  await cp(join(packageRoot, folder), join(out, folder), { recursive: true, filter });
await cp(join(packageRoot, "reference-driver/dist"), join(out, "reference-driver/dist"), { recursive: true });
await writeFile(join(out, "package.json"), `${JSON.stringify(await packageFile(), undefined, 2)}\n`);

/** What Node.js looks for beside the modules: their kind, and where `#kit/case` is. */
async function packageFile(): Promise<object> {
  const { name, version, type, imports } = JSON.parse(
    await readFile(join(packageRoot, "package.json"), "utf8"),
  ) as { name: string; version: string; type: string; imports: Readonly<Record<string, string>> };
  const compiled = Object.entries(imports).map(([key, path]) => [key, path.replace(/\.ts$/, ".js")]);
  return { name, version, type, private: true, imports: Object.fromEntries(compiled) as object };
}

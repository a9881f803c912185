// SPDX-License-Identifier: Apache-2.0
import { readdir } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import type { Plugin } from "esbuild";

const testFolder = path.join(import.meta.dirname, "..");
const harness = path.join(import.meta.dirname, "guest/harness.ts");

/** Names of the files that hold pool tests; those of loop mapping alone are left out. */
export async function poolTestFiles(): Promise<string[]> {
  return (await readdir(testFolder))
    .filter((name) => name.endsWith(".pool.ts") && !name.endsWith(".loop.pool.ts"))
    .toSorted();
}

/** Bundles a file of pool tests, to be run by the small harness instead of vitest, which is heavy where system calls are slow. */
export async function bundlePoolTests(file: string, outfile: string): Promise<void> {
  const main = [file, "dm/guest/run-suites.ts"].map((name) => `import "./${name}";`).join("\n");
  await bundle({ contents: main, resolveDir: testFolder, loader: "ts" }, outfile);
}

/** Bundles the program that runs csi-sanity. */
export async function bundleSanity(outfile: string): Promise<void> {
  await bundleProgram("run-sanity", outfile);
}

/** Bundles the program that writes until the power is cut, and looks for what it wrote. */
export async function bundlePowerLoss(outfile: string): Promise<void> {
  await bundleProgram("run-power-loss", outfile);
}

async function bundleProgram(name: string, outfile: string): Promise<void> {
  const contents = `import "./dm/guest/${name}.ts";`;
  await bundle({ contents, resolveDir: testFolder, loader: "ts" }, outfile);
}

async function bundle(
  stdin: { contents: string; resolveDir: string; loader: "ts" },
  outfile: string,
): Promise<void> {
  await build({
    stdin,
    outfile,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "esm",
    logLevel: "warning",
    plugins: [vitestByHarness],
    // Some dependencies are CommonJS and call require at run time.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
}

/** Gives the pool tests the harness where they import vitest; the harness itself gets vitest's own expect. */
const vitestByHarness: Plugin = {
  name: "vitest-by-harness",
  setup: (esbuild) => {
    esbuild.onResolve({ filter: /^vitest$/ }, ({ importer }) =>
      importer.endsWith(".pool.ts") ? { path: harness } : undefined,
    );
  },
};

// SPDX-License-Identifier: Apache-2.0
import { build } from "esbuild";

/** Bundles a program with all it imports into one file that Node.js 24 runs without node_modules. */
export async function bundleProgram(entry: string, outFile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile: outFile,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    logLevel: "error",
    // CommonJS dependencies call require at run time
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
}

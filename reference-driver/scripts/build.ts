// SPDX-License-Identifier: Apache-2.0
// Bundles the driver and its mutants, each to one file, with the proto files beside them.
import { cp, rm } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

const folder = path.join(import.meta.dirname, "..");
const out = path.join(folder, "dist");

await rm(out, { recursive: true, force: true });
await build({
  entryPoints: { driver: path.join(folder, "src/main.ts"), mutants: path.join(folder, "mutants/main.ts") },
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node22",
  format: "esm",
  legalComments: "eof",
  logLevel: "warning",
  // The source stays in memory; names are kept, for stacks that can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  // Some dependencies are CommonJS and call require at run time.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
});
await cp(path.join(folder, "../proto"), path.join(out, "proto"), { recursive: true });
process.stdout.write(`built ${path.relative(process.cwd(), out)}/{driver,mutants}.mjs\n`);

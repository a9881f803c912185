#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `seaworthy: Node.js ${process.versions.node} is too old, 22.19 or newer is needed. Hint: run it through npm (npm run seaworthy -- ...), which uses the Node.js among the project's dependencies.\n`,
  );
  process.exit(2);
}
// most of a short command's time is compiling; the processes it starts find the same folder by the variable
process.env.NODE_COMPILE_CACHE ??= join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "seaworthy/compiled",
);
enableCompileCache(process.env.NODE_COMPILE_CACHE);
// a checkout has the sources; the package what `npm run build` made of them
const source = new URL("../src/cli/main.ts", import.meta.url);
const built = new URL("../dist/package/src/cli/main.js", import.meta.url);
const { main } = await import((existsSync(source) ? source : built).href);
await main(process.argv.slice(2));

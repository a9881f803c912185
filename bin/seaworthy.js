#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `seaworthy: Node.js ${process.versions.node} is too old, 22.19 or newer is needed. Hint: run it through npm (npm run seaworthy -- ...), which uses the Node.js among the project's dependencies.\n`,
  );
  process.exit(2);
}
const { main } = await import("../src/cli/main.ts");
await main(process.argv.slice(2));

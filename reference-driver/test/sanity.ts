// SPDX-License-Identifier: Apache-2.0
// Builds csi-sanity, runs it against the driver in standalone mode on a real pool, and leaves nothing behind.
import path from "node:path";
import { buildSanity } from "./build-sanity.ts";
import { sanityOnPool } from "./sanity-on-pool.ts";
import { whyNoPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
if (reason === undefined) {
  const program = await buildSanity();
  const driver = path.join(import.meta.dirname, "../dist/driver.mjs");
  process.exitCode = await sanityOnPool({ program, driver, flags: process.argv.slice(2) });
} else {
  process.stderr.write(`csi-sanity cannot run here: ${reason}\n`);
  process.exitCode = 2;
}

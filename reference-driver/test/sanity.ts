// SPDX-License-Identifier: Apache-2.0
// Builds csi-sanity, runs it against the driver in standalone mode on a real pool, and leaves nothing behind.
import path from "node:path";
import { buildSanity } from "./build-sanity.ts";
import { sanityOnPool } from "./sanity-on-pool.ts";
import { whyNoPool } from "./temporary-pool.ts";

const ZONAL = "--zonal";
const reason = await whyNoPool();
if (reason === undefined) {
  const program = await buildSanity();
  const driver = path.join(import.meta.dirname, "../dist/driver.mjs");
  const given = process.argv.slice(2);
  const scope = given.includes(ZONAL) ? "zone" : "node";
  const flags = given.filter((flag) => flag !== ZONAL);
  process.exitCode = await sanityOnPool({ program, driver, flags, scope });
} else {
  process.stderr.write(`csi-sanity cannot run here: ${reason}\n`);
  process.exitCode = 2;
}

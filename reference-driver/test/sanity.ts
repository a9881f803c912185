// SPDX-License-Identifier: Apache-2.0
// Builds csi-sanity, runs it against the driver in standalone mode on a real pool, and leaves nothing behind but its results
// below reports/runs. Fails also when a spec is skipped for a reason that docs/reference-stack.md does not explain.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { buildSanity } from "./build-sanity.ts";
import { compareSkips, readExplainedSkips } from "./explained-skips.ts";
import { sanityOnPool } from "./sanity-on-pool.ts";
import { readSanityResults } from "./sanity-results.ts";
import { whyNoPool } from "./temporary-pool.ts";

const ZONAL = "--zonal";
const reason = await whyNoPool();
if (reason === undefined) process.exitCode = await run();
else {
  process.stderr.write(`csi-sanity cannot run here: ${reason}\n`);
  process.exitCode = 2;
}

async function run(): Promise<number> {
  const given = process.argv.slice(2);
  const scope = given.includes(ZONAL) ? "zone" : "node";
  const instance = scope === "zone" ? "zonal" : "local";
  const flags = given.filter((flag) => flag !== ZONAL);
  const time = new Date().toISOString().replaceAll(/[:-]|\.\d+/g, "");
  const folder = path.join(import.meta.dirname, `../../reports/runs/${time}-csi-sanity-${instance}`);
  await mkdir(folder, { recursive: true });
  const junit = path.join(folder, "junit.xml");
  const driver = [path.join(import.meta.dirname, "../dist/driver.mjs")] as const;
  const exitCode = await sanityOnPool({ program: await buildSanity(), driver, flags, scope, junit });
  const results = await readSanityResults(junit);
  const skipped = results.flatMap((spec) => spec.reason ?? []);
  say(`${instance}: ${String(skipped.length)} skipped, in csi-sanity's words:`);
  for (const [words, all] of Map.groupBy(skipped, (one) => one))
    say(`  ${String(all.length).padStart(2)}  ${words}`);
  say(junit);
  // A part that was asked for skips other specs than the whole.
  if (flags.length > 0) return exitCode;
  const problems = compareSkips(await readExplainedSkips(instance), skipped);
  for (const problem of problems) say(`✖ ${problem}`);
  return problems.length === 0 ? exitCode : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

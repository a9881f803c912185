// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepPeerResult } from "../../reference-driver/test/keep-peer-result.ts";
import type { SpecResult } from "../../reference-driver/test/sanity-results.ts";
import { type PeerResults, peerResults } from "../../src/catalogue/comparison-page.ts";
import { packageRoot } from "../../src/support/paths.ts";

const file = join(packageRoot, "reports/peers/upstream-e2e.json");

/** Puts what the good driver passes on record, with the time each took; what it does not pass goes off it. */
export function keepGood(specs: readonly SpecResult[]): void {
  const all = read();
  const others = (all.good ?? []).filter(({ name }) => !specs.some((spec) => spec.name === name));
  const passed = specs
    .filter(({ status }) => status === "passed")
    .map(({ name, seconds }) => ({ name, seconds: Math.round(seconds) }));
  const good = [...others, ...passed].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...all, good }, null, 2)}\n`);
}

/** Puts what was found of a mutant on record: a test counts only when the good driver passes it. */
export function keepFound(mutant: string, focus: string, specs: readonly SpecResult[]): void {
  const good = new Set((read().good ?? []).map(({ name }) => name));
  const counted = specs.filter(({ name }) => good.has(name));
  const named = (status: string): string[] =>
    counted.filter((spec) => spec.status === status).map(({ name }) => name);
  if (counted.length === 0) throw new Error(`${mutant}: no test ran that the good driver passes`);
  keepPeerResult(file, { mutant, focus, passed: named("passed").length, failed: named("failed") });
}

function read(): PeerResults {
  return peerResults.parse(JSON.parse(readFileSync(file, "utf8")));
}

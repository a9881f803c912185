// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepPeerResult } from "../../reference-driver/test/keep-peer-result.ts";
import type { SpecResult } from "../../reference-driver/test/sanity-results.ts";
import { type PeerResults, peerResults } from "../../src/catalogue/comparison-page.ts";
import { packageRoot } from "../../src/support/paths.ts";
import { judgeSpecs } from "./judge-specs.ts";

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

/** Puts what was found of a mutant on record. */
export function keepFound(mutant: string, specs: readonly SpecResult[]): void {
  const good = (read().good ?? []).map(({ name }) => name);
  keepPeerResult(file, { mutant, ...judgeSpecs(good, specs) });
}

function read(): PeerResults {
  return peerResults.parse(JSON.parse(readFileSync(file, "utf8")));
}

// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from "node:fs";

/** What another kit said of one broken driver. */
interface PeerResult {
  readonly mutant: string;
  /** Which specs ran, as a regular expression; all when it is left out. */
  readonly focus?: string;
  readonly passed: number;
  /** Their names, where they are few. */
  readonly passes?: readonly string[];
  /** The specs that failed; only the first where all ran. */
  readonly failed: readonly string[];
}

/** Puts a result into a file below reports/peers in the place of an earlier one: a run that is cut off has not been for nothing. */
export function keepPeerResult(file: string, result: PeerResult): void {
  // in one go: other lanes write too
  const all = JSON.parse(readFileSync(file, "utf8")) as { found: PeerResult[] };
  const others = all.found.filter((one) => one.mutant !== result.mutant);
  const found = [...others, result].toSorted((a, b) => (a.mutant < b.mutant ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...all, found }, null, 2)}\n`);
  const verdict = result.failed.length === 0 ? "not caught" : `caught by "${result.failed.join('", "')}"`;
  process.stdout.write(`${result.mutant}: ${verdict}\n`);
}

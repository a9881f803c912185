// SPDX-License-Identifier: Apache-2.0
// Runs csi-sanity against broken drivers in standalone mode, one after another, and keeps what it found of each in
// reports/peers/csi-sanity.json, from which `npm run generate` makes docs/comparison.md.
// `--mutant <slug>`, again and again, says which; `--focus <regular expression>` takes a part of the specs; without
// it a run ends at its first failure.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { MUTANTS } from "../mutants/mutant-list.ts";
import { buildSanity } from "./build-sanity.ts";
import { sanityOnPool } from "./sanity-on-pool.ts";
import { readSanityResults } from "./sanity-results.ts";

/** What csi-sanity said of one broken driver. */
interface PeerResult {
  readonly mutant: string;
  /** Which specs ran, as a regular expression; all when it is left out. */
  readonly focus?: string;
  readonly passed: number;
  /** The specs that failed; only the first where all ran. */
  readonly failed: readonly string[];
}

const results = path.join(import.meta.dirname, "../../reports/peers/csi-sanity.json");
const { values } = parseArgs({
  options: { mutant: { type: "string", multiple: true }, focus: { type: "string" } },
});
const focus = values.focus === undefined ? {} : { focus: values.focus };
const work = await mkdtemp(path.join(tmpdir(), "seaworthy-peers-"));
try {
  const program = await buildSanity();
  // Whoever builds the driver meanwhile takes the bundle away.
  await cp(path.join(import.meta.dirname, "../dist"), path.join(work, "dist"), { recursive: true });
  const flags = values.focus === undefined ? ["--ginkgo.fail-fast"] : ["--ginkgo.focus", values.focus];
  for (const slug of values.mutant ?? []) {
    const mutant = MUTANTS.find((one) => one.slug === slug);
    if (mutant === undefined) throw new Error(`--mutant ${slug}: no such mutant`);
    const junit = path.join(work, `${slug}.xml`);
    const driver = [path.join(work, "dist/mutants.mjs"), "--mutant", slug] as const;
    const scope = mutant.driver === "zonal" ? "zone" : "node";
    await sanityOnPool({ program, driver, flags, scope, junit });
    const specs = await readSanityResults(junit);
    const named = (status: string): string[] =>
      specs.filter((spec) => spec.status === status).map((spec) => spec.name);
    await keep({ mutant: slug, ...focus, passed: named("passed").length, failed: named("failed") });
  }
} finally {
  await rm(work, { recursive: true });
}

/** After each, so that a run that is cut off has not been for nothing. */
async function keep(result: PeerResult): Promise<void> {
  const { tool, found } = JSON.parse(await readFile(results, "utf8")) as {
    tool: string;
    found: PeerResult[];
  };
  const others = found.filter((one) => one.mutant !== result.mutant);
  const all = [...others, result].toSorted((a, b) => (a.mutant < b.mutant ? -1 : 1));
  await writeFile(results, `${JSON.stringify({ tool, found: all }, null, 2)}\n`);
  const verdict = result.failed.length === 0 ? "not caught" : `caught by "${result.failed.join('", "')}"`;
  process.stdout.write(`${result.mutant}: ${verdict}\n`);
}

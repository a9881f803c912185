// SPDX-License-Identifier: Apache-2.0
// Runs csi-sanity against broken drivers in standalone mode, one after another, and keeps what it found of each in
// reports/peers/csi-sanity.json, from which `npm run generate` makes docs/comparison.md.
// `--mutant <slug>`, again and again, says which; `--focus <regular expression>` takes a part of the specs; without
// it a run ends at its first failure.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { MUTANTS } from "../mutants/mutant-list.ts";
import { buildSanity } from "./build-sanity.ts";
import { keepPeerResult } from "./keep-peer-result.ts";
import { sanityOnPool } from "./sanity-on-pool.ts";
import { readSanityResults } from "./sanity-results.ts";

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
    keepPeerResult(results, {
      mutant: slug,
      ...focus,
      passed: named("passed").length,
      failed: named("failed"),
    });
  }
} finally {
  await rm(work, { recursive: true });
}

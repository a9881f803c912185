// SPDX-License-Identifier: Apache-2.0
import type { CaseResult, ConformanceReport } from "./model.ts";
import { outside } from "./feature-rows.ts";
import { comparePhases, type PhaseChange } from "./compare-phases.ts";

/** One or more runs that are looked at together: one side of a comparison. */
export type Runs = readonly [ConformanceReport, ...ConformanceReport[]];

/** How often a case had each outcome; `other`: errors and skips. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly other: number;
}

/** What became of a case. `unproven`: it came to a conclusion before and does no longer. */
export type Change = "regression" | "unproven" | "fix" | "failing" | "new" | "removed" | "steady";

interface CaseChange {
  readonly id: string;
  readonly title: string;
  readonly change: Change;
  /** Undefined when no run of that side holds the case. */
  readonly before: Tally | undefined;
  readonly after: Tally | undefined;
  /** The last run's words: why it failed, or why it did not run. */
  readonly why?: string;
}

/** A feature about which the two sides say different things. */
interface FeatureChange {
  readonly feature: string;
  readonly before: string;
  readonly after: string;
}

export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  /** What else is different, so that not the driver alone can be the cause. */
  readonly surroundings: readonly {
    readonly what: string;
    readonly before: string;
    readonly after: string;
  }[];
  readonly cases: readonly CaseChange[];
  readonly features: readonly FeatureChange[];
  readonly phases: readonly PhaseChange[];
}

interface Side {
  readonly driver: string;
  readonly runs: number;
  /** How many runs had each verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
}

/** Sets two sides beside each other. */
export function compareReports(before: Runs, after: Runs): Comparison {
  return {
    before: describeSide(before),
    after: describeSide(after),
    surroundings: compareSurroundings(before, after),
    cases: compareCases(before, after),
    features: compareFeatures(last(before), last(after)),
    phases: comparePhases(before, after),
  };
}

function describeSide(runs: Runs): Side {
  const verdicts: Record<string, number> = {};
  for (const { verdict } of runs) verdicts[verdict.outcome] = (verdicts[verdict.outcome] ?? 0) + 1;
  return {
    driver: distinct(runs, ({ driver }) => `${driver.name} ${driver.vendorVersion}`),
    runs: runs.length,
    verdicts,
  };
}

function compareSurroundings(before: Runs, after: Runs): Comparison["surroundings"] {
  const parts: readonly (readonly [string, (report: ConformanceReport) => string])[] = [
    ["kit", ({ kit }) => kit.version],
    ["catalogue", ({ kit }) => kit.catalogueHash.slice(0, 12)],
    ["Kubernetes", ({ environment }) => environment.kubernetes],
    ["kernel", ({ environment }) => environment.kernel],
    ["cluster", ({ environment }) => `${environment.shape} (${environment.provider})`],
    ["volume activation", ({ environment }) => environment.activation],
  ];
  return parts
    .map(([what, read]) => ({ what, before: distinct(before, read), after: distinct(after, read) }))
    .filter((one) => one.before !== one.after);
}

function compareCases(before: Runs, after: Runs): CaseChange[] {
  const old = resultsById(before);
  const now = resultsById(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((id) => compareCase(id, old.get(id), now.get(id)));
}

function compareCase(
  id: string,
  before: readonly CaseResult[] | undefined,
  after: readonly CaseResult[] | undefined,
): CaseChange {
  const [was, is] = [before && count(before), after && count(after)];
  const change = judgeChange(was, is);
  const why = change === "fix" || after === undefined ? undefined : explain(after);
  return {
    id,
    title: (after ?? before)?.at(-1)?.title ?? id,
    change,
    before: was,
    after: is,
    ...(why === undefined ? {} : { why }),
  };
}

/** The last failure's words, or the last run's. */
function explain(results: readonly CaseResult[]): string | undefined {
  const telling = results.findLast(({ outcome }) => outcome === "failed") ?? results.at(-1);
  return telling?.failure?.message ?? telling?.reason;
}

function judgeChange(before: Tally | undefined, after: Tally | undefined): Change {
  if (before === undefined) return "new";
  if (after === undefined) return "removed";
  if (after.failed > 0) return before.failed > 0 ? "failing" : "regression";
  if (before.failed > 0) return after.passed > 0 ? "fix" : "unproven";
  return before.passed > 0 && after.passed === 0 ? "unproven" : "steady";
}

function resultsById(runs: Runs): Map<string, CaseResult[]> {
  return Map.groupBy(
    runs.flatMap(({ cases }) => cases),
    ({ id }) => id,
  );
}

function count(results: readonly CaseResult[]): Tally {
  const of = (outcome: string): number => results.filter((one) => one.outcome === outcome).length;
  const [passed, failed] = [of("passed"), of("failed")];
  return { passed, failed, other: results.length - passed - failed };
}

function compareFeatures(before: ConformanceReport, after: ConformanceReport): FeatureChange[] {
  const words = (report: ConformanceReport): Map<string, string> =>
    new Map(
      report.features.map(({ feature, claimed, verdict }) => [
        feature,
        claimed ? (verdict === "outside" ? outside : verdict) : "not claimed",
      ]),
    );
  const [old, now] = [words(before), words(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((feature) => ({
      feature,
      before: old.get(feature) ?? "not known to the kit",
      after: now.get(feature) ?? "not known to the kit",
    }))
    .filter((one) => one.before !== one.after);
}

function distinct(runs: Runs, read: (report: ConformanceReport) => string): string {
  return [...new Set(runs.map(read))].sort().join(", ");
}

function last(runs: Runs): ConformanceReport {
  return runs.at(-1) ?? runs[0];
}

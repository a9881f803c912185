// SPDX-License-Identifier: Apache-2.0
import { type Extent, isConcluded, isContradicted, isPartial } from "./feature-rows.ts";
import type { CaseResult, FeatureRow, Outcome, Verdict } from "./model.ts";

/** Everything a verdict rests on. */
export interface Findings {
  /** What the sentence calls the driver. */
  readonly subject: string;
  readonly cases: readonly CaseResult[];
  readonly features: readonly FeatureRow[];
  readonly run: Extent;
}

/** What a merged report lacks, in words; undefined when it has all. */
function findMissing({ run: { shards }, cases }: Findings): string | undefined {
  if (shards === undefined) return undefined;
  const { of, planned, ran } = shards;
  if (ran.length === 1 && of > 1) return undefined;
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter(
    (index) => !ran.some((one) => one.index === index),
  );
  if (missing.length > 0)
    return `${noun(missing.length, "shard")} ${missing.join(", ")} of ${String(of)} ${missing.length === 1 ? "is" : "are"} missing`;
  if (cases.length === planned) return undefined;
  return `${String(planned)} cases were planned, the report holds ${String(cases.length)}`;
}

/** How many cases had each outcome. */
export function countOutcomes(cases: readonly CaseResult[]): Record<Outcome, number> {
  const counts = { passed: 0, failed: 0, error: 0, skipped: 0 };
  for (const { outcome } of cases) counts[outcome] += 1;
  return counts;
}

/**
 * Rolls all results up. An error takes back every claim, and so does a run that came to no conclusion; then one failure,
 * one claim the driver itself contradicts, or one claim nobody checked fails the driver.
 */
export function judge(findings: Findings): Verdict {
  const { subject, cases } = findings;
  const counts = countOutcomes(cases);
  const total = `${String(cases.length)} ${noun(cases.length, "case")}`;
  if (counts.error > 0) {
    const sentence = `No claim is made about ${subject}: ${String(counts.error)} of ${total} ended in an error of the kit or the cluster.`;
    return { outcome: "incomplete", sentence };
  }
  if (!cases.some(isConcluded)) {
    return { outcome: "incomplete", sentence: `No claim is made about ${subject}: no case was executed.` };
  }
  const missing = findMissing(findings);
  if (missing !== undefined)
    return { outcome: "incomplete", sentence: `No claim is made about ${subject}: ${missing}.` };
  const faults = findFaults(findings, counts.failed, total);
  if (faults.length > 0) return { outcome: "failed", sentence: `${subject} failed: ${faults.join("; ")}.` };
  if (isPartial(findings.run)) {
    const asked = `${String(counts.passed)} ${noun(counts.passed, "case")}`;
    return {
      outcome: "partial",
      sentence: `${subject} passed the ${asked} asked for; a part of the catalogue certifies nothing.`,
    };
  }
  return { outcome: "passed", sentence: passedSentence(findings, counts.passed, counts.skipped) };
}

function findFaults({ features, run }: Findings, failed: number, total: string): string[] {
  const faults = failed === 0 ? [] : [`${String(failed)} of ${total} failed`];
  const contradicted = features.filter(isContradicted).map(({ feature }) => feature);
  if (contradicted.length > 0) faults.push(`claimed but not announced: ${contradicted.join(", ")}`);
  const unproven = features
    .filter(({ claimed, executed }) => claimed && executed === 0)
    .map(({ feature }) => feature);
  if (unproven.length > 0 && !isPartial(run))
    faults.push(`claimed but never checked: ${unproven.join(", ")}`);
  return faults;
}

function passedSentence({ subject, features }: Findings, passed: number, skipped: number): string {
  const claimed = features.filter((row) => row.claimed).length;
  const all = passed === 1 ? "the one executed case" : `all ${String(passed)} executed cases`;
  const rest = skipped === 0 ? "" : ` ${String(skipped)} ${noun(skipped, "case")} did not apply.`;
  const checked =
    claimed === 1 ? "its one claimed feature" : `each of its ${String(claimed)} claimed features`;
  return `${subject} passed ${all}, and ${checked} was checked.${rest}`;
}

function noun(count: number, singular: string): string {
  return count === 1 ? singular : `${singular}s`;
}

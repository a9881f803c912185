// SPDX-License-Identifier: Apache-2.0
import type { ConformanceReport } from "./model.ts";
import { phaseKind } from "./phase-kind.ts";
import { correctForMany, median, rankTest } from "./rank-test.ts";

/** With fewer runs a side no outcome of the test can reach the level below. */
export const fewestRuns = 4;

/** Chance of naming any phase at all when nothing changed. */
const significance = 0.05;

/** How long one phase took on both sides. */
export interface PhaseChange {
  readonly name: string;
  /** Cases that passed in every run and went through this phase in every run: the others would shift the mix. */
  readonly cases: number;
  readonly before: PhaseTimes;
  readonly after: PhaseTimes;
  /** After by before, of the medians. */
  readonly ratio: number;
  /** Exact two-sided Mann-Whitney U test over runs, Holm-corrected over phases; null with too few runs. */
  readonly p: number | null;
  readonly conclusion: "slower" | "faster" | "no difference shown" | "too few runs to say";
}

interface PhaseTimes {
  /** One value for each run: the median over its cases. Cases of one run share its cluster, so they are no samples of their own. */
  readonly runs: readonly number[];
  readonly medianMs: number;
}

/** The stretch from a case's begin to its end, beside the measured ones. */
const wholeCase = "whole case";

/** Compares every phase that both sides measured, longest first. */
export function comparePhases(
  before: readonly ConformanceReport[],
  after: readonly ConformanceReport[],
): PhaseChange[] {
  const sides = [before, after].map((runs) => runs.map(timesOf));
  const all = sides.flat();
  const names = new Set(all.flatMap((run) => [...run.keys()]));
  const found = [...names].flatMap((name) => {
    const ids = [...(all[0]?.get(name)?.keys() ?? [])].filter((id) =>
      all.every((run) => run.get(name)?.has(id)),
    );
    if (ids.length === 0) return [];
    const [a = [], b = []] = sides.map((runs) =>
      runs.map((run) => median(ids.map((id) => run.get(name)?.get(id) ?? NaN))),
    );
    return [{ name, cases: ids.length, a, b }];
  });
  const isEnough = Math.min(before.length, after.length) >= fewestRuns;
  const pValues = isEnough ? correctForMany(found.map(({ a, b }) => rankTest(a, b))) : [];
  return found
    .map(({ name, cases, a, b }, index) => judgePhase({ name, cases, a, b, p: pValues[index] ?? null }))
    .sort((x, y) => y.after.medianMs - x.after.medianMs);
}

function judgePhase({
  name,
  cases,
  a,
  b,
  p,
}: {
  readonly name: string;
  readonly cases: number;
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly p: number | null;
}): PhaseChange {
  const before = { runs: a, medianMs: median(a) };
  const after = { runs: b, medianMs: median(b) };
  const ratio = after.medianMs / Math.max(1, before.medianMs);
  const conclusion =
    p === null
      ? "too few runs to say"
      : p >= significance
        ? "no difference shown"
        : after.medianMs > before.medianMs
          ? "slower"
          : "faster";
  return { name, cases, before, after, ratio, p, conclusion };
}

/** Phase → case → median milliseconds, of the cases that passed. */
function timesOf({ cases }: ConformanceReport): Map<string, Map<string, number>> {
  const times = new Map<string, Map<string, number>>();
  for (const { id, outcome, phases, durationMs } of cases) {
    if (outcome !== "passed") continue;
    for (const [name, those] of Map.groupBy([...phases, { name: wholeCase, durationMs }], (one) =>
      phaseKind(one.name),
    )) {
      const byCase = times.get(name) ?? new Map<string, number>();
      times.set(name, byCase.set(id, median(those.map((one) => one.durationMs))));
    }
  }
  return times;
}

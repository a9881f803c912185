// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { tabulatePromises } from "./feature-rows.ts";
import { compareReports, type Change, type Runs } from "./compare.ts";
import type { ConformanceReport, Outcome } from "./model.ts";
import { sampleCase, sampleReport } from "./report.test-data.ts";
import { summarize, writeComparisonMarkdown, writeComparisonText } from "./write-comparison.ts";

const failure = { message: "volume x is\nnot where its pod is" };

function run(outcomes: Readonly<Record<string, Outcome>>): ConformanceReport {
  return sampleReport({
    cases: Object.entries(outcomes).map(([id, outcome]) =>
      sampleCase({ id, outcome, ...(outcome === "failed" ? { failure } : {}) }),
    ),
  });
}

function changeOf(before: readonly Outcome[], after: readonly Outcome[]): Change | undefined {
  const side = (outcomes: readonly Outcome[]): Runs => {
    const [first, ...rest] = outcomes.map((outcome) => run({ "a/one": outcome }));
    return [first ?? run({}), ...rest];
  };
  return compareReports(side(before), side(after)).cases[0]?.change;
}

test.each<[Outcome[], Outcome[], Change]>([
  [["passed"], ["passed"], "steady"],
  [["passed"], ["failed"], "regression"],
  [["passed", "passed"], ["passed", "failed"], "regression"],
  [["passed"], ["skipped"], "unproven"],
  [["passed"], ["error"], "unproven"],
  [["failed"], ["passed"], "fix"],
  [["failed", "passed"], ["passed", "passed"], "fix"],
  [["failed", "passed"], ["passed", "failed"], "failing"],
  [["failed"], ["failed"], "failing"],
  [["failed"], ["skipped"], "unproven"],
  [["skipped"], ["skipped"], "steady"],
  [["error"], ["failed"], "regression"],
  [["skipped"], ["passed"], "steady"],
  [[], ["passed"], "new"],
  [["passed"], [], "removed"],
])("%j, then %j is %s", (before, after, change) => {
  expect(changeOf(before, after)).toBe(change);
});

/** Runs whose only case takes so long in its one phase. */
function timed(milliseconds: readonly number[]): Runs {
  const [first, ...rest] = milliseconds.map((durationMs) =>
    sampleReport({
      cases: [sampleCase({ phases: [{ name: "claim → bound", durationMs }], durationMs: 1000 })],
    }),
  );
  return [first ?? sampleReport(), ...rest];
}

function phase(before: readonly number[], after: readonly number[]) {
  return compareReports(timed(before), timed(after)).phases.find(({ name }) => name === "claim → bound");
}

test("one run a side never says slower, however large the ratio", () => {
  expect(phase([1000], [90_000])).toMatchObject({ ratio: 90, p: null, conclusion: "too few runs to say" });
  expect(phase([1000, 1001, 1002], [9000, 9001, 9002, 9003])).toMatchObject({
    conclusion: "too few runs to say",
  });
});

test("five runs a side say slower or faster when the runs lie apart, and nothing when they do not", () => {
  expect(phase([100, 110, 120, 130, 140], [200, 210, 220, 230, 240])).toMatchObject({
    conclusion: "slower",
    p: (2 * 2) / 252,
  });
  expect(phase([200, 210, 220, 230, 240], [100, 110, 120, 130, 140])).toMatchObject({ conclusion: "faster" });
  expect(phase([100, 110, 120, 130, 140], [101, 111, 121, 131, 141])).toMatchObject({
    conclusion: "no difference shown",
  });
  expect(phase([5, 5, 5, 5, 5], [5, 5, 5, 5, 5])).toMatchObject({ p: 1, conclusion: "no difference shown" });
});

test("only cases that passed in every run are timed", () => {
  const slow = sampleCase({ id: "a/slow", phases: [{ name: "claim → bound", durationMs: 60_000 }] });
  const quick = sampleCase({ id: "a/quick", phases: [{ name: "claim → bound", durationMs: 10 }] });
  const both = sampleReport({ cases: [slow, quick] });
  const failed = sampleReport({ cases: [{ ...slow, outcome: "failed" }, quick] });
  const [found] = compareReports([failed], [both]).phases.filter(({ name }) => name === "claim → bound");
  expect(found).toMatchObject({ cases: 1, ratio: 1 });
});

test("what else differs is said, and so are claims that came or went", () => {
  const before = sampleReport();
  const after = sampleReport({
    environment: { ...before.environment, kubernetes: "v1.37.0" },
    promises: tabulatePromises({ claimed: ["topology"], announced: undefined }),
  });
  const { surroundings, features } = compareReports([before], [after]);
  expect(surroundings).toEqual([{ what: "Kubernetes", before: "v1.36.3", after: "v1.37.0" }]);
  expect(features).toContainEqual({ feature: "snapshot", before: "passed", after: "not claimed" });
});

const comparison = compareReports(
  [run({ "a/breaks": "passed", "a/heals": "failed", "a/goes": "passed", "a/stays": "passed" })],
  [run({ "a/breaks": "failed", "a/heals": "passed", "a/comes": "passed", "a/stays": "passed" })],
);

test("in words for a terminal", () => {
  expect(summarize(comparison)).toBe(
    "regressions: 1, fixes: 1, new cases: 1, removed cases: 1, unchanged: 1",
  );
  const text = writeComparisonText(comparison);
  expect(text).toContain("Regressions\n  a/breaks  passed → failed\n    volume x is not where its pod is\n");
  expect(text).toContain("n = 1 and 1 runs: medians only; 4 runs a side are needed to say slower or faster");
});

test("in Markdown what the cluster says is shown, not obeyed", () => {
  const bad = sampleReport({
    cases: [sampleCase({ outcome: "failed", failure: { message: "<script>|[x](y)" } })],
  });
  const text = writeComparisonMarkdown(compareReports([sampleReport({ cases: [sampleCase()] })], [bad]));
  expect(text).toContain("## Regressions");
  expect(text).not.toContain("<script>");
  expect(
    text
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .every((line) => line.endsWith("|")),
  ).toBe(true);
});

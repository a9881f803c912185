// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Feature, featureNames } from "../catalogue/features.ts";
import { type Announced, type Extent, tabulateFeatures, tabulatePromises } from "./feature-rows.ts";
import type { CaseResult, FeatureVerdict, Outcome, Verdict } from "./model.ts";
import { sampleCase } from "./report.test-data.ts";
import { judge } from "./verdict.ts";

interface Run {
  readonly outcomes: readonly Outcome[];
  readonly claimed?: readonly Feature[];
  readonly announced?: Announced;
  readonly partial?: boolean;
}

function verdictOf({ outcomes, claimed = ["topology"], announced, partial = false }: Run): Verdict {
  const cases = outcomes.map((outcome, n) =>
    sampleCase({ id: `a/${String(n)}`, outcome, features: ["topology"] }),
  );
  return judgeCases(cases, claimed, { announced, partial });
}

function judgeCases(
  cases: CaseResult[],
  claimed: readonly Feature[],
  how: { announced?: Announced | undefined; partial: boolean },
): Verdict {
  const run = how.partial ? part : {};
  const features = tabulateFeatures(tabulatePromises({ claimed, announced: how.announced }), cases, run);
  return judge({ subject: "d 1", cases, features, run });
}

const part: Extent = { selection: { cases: ["a"], features: [] } };
const silent: Announced = { identity: [], controller: [], node: [] };
const constrained: Announced = { ...silent, identity: ["VOLUME_ACCESSIBILITY_CONSTRAINTS"] };

test.each<[Run, Verdict["outcome"], string]>([
  [
    { outcomes: ["passed", "passed"] },
    "passed",
    "d 1 passed all 2 executed cases, and its one claimed feature was checked.",
  ],
  [
    { outcomes: ["passed", "skipped"] },
    "passed",
    "d 1 passed the one executed case, and its one claimed feature was checked. 1 case did not apply.",
  ],
  [{ outcomes: ["passed", "failed"] }, "failed", "d 1 failed: 1 of 2 cases failed."],
  [
    { outcomes: ["passed", "failed", "error"] },
    "incomplete",
    "No claim is made about d 1: 1 of 3 cases ended in an error of the kit or the cluster.",
  ],
  [{ outcomes: [] }, "incomplete", "No claim is made about d 1: no case was executed."],
  [{ outcomes: ["skipped"] }, "incomplete", "No claim is made about d 1: no case was executed."],
  [
    { outcomes: ["passed"], claimed: ["topology", "snapshot"] },
    "failed",
    "d 1 failed: claimed but never checked: snapshot.",
  ],
  [
    { outcomes: ["failed"], claimed: ["snapshot"] },
    "failed",
    "d 1 failed: 1 of 1 case failed; claimed but never checked: snapshot.",
  ],
  [{ outcomes: ["passed"], announced: silent }, "failed", "d 1 failed: claimed but not announced: topology."],
  [
    { outcomes: ["passed"], announced: constrained },
    "passed",
    "d 1 passed the one executed case, and its one claimed feature was checked.",
  ],
  [
    { outcomes: ["passed"], claimed: ["topology", "snapshot"], partial: true },
    "partial",
    "d 1 passed the 1 case asked for; a part of the catalogue certifies nothing.",
  ],
  [{ outcomes: ["failed"], partial: true }, "failed", "d 1 failed: 1 of 1 case failed."],
])("%j is %s", (run, outcome, sentence) => {
  expect(verdictOf(run)).toEqual({ outcome, sentence });
});

const worse: Record<Outcome, readonly Outcome[]> = {
  passed: ["failed", "error", "skipped"],
  failed: ["error"],
  error: [],
  skipped: [],
};
const rank: Record<Verdict["outcome"], number> = { passed: 0, partial: 1, failed: 2, incomplete: 3 };
const anyOutcome = fc.constantFrom<Outcome[]>("passed", "failed", "error", "skipped");
const anyFeatures = fc.subarray([...featureNames], { minLength: 1 });
const anyCases = fc.array(fc.record({ outcome: anyOutcome, features: anyFeatures }), {
  minLength: 1,
  maxLength: 8,
});

test("no case that goes worse makes the verdict better", () => {
  fc.assert(
    fc.property(
      anyCases,
      fc.nat(),
      fc.nat(),
      anyFeatures,
      fc.boolean(),
      (drawn, at, to, claimed, partial) => {
        const cases = drawn.map((one, n) => sampleCase({ id: `a/${String(n)}`, ...one }));
        const index = at % cases.length;
        const options = worse[cases[index]?.outcome ?? "skipped"];
        fc.pre(options.length > 0);
        const changed = cases.map((one, n) =>
          n === index ? { ...one, outcome: options[to % options.length] ?? one.outcome } : one,
        );
        const how = { partial };
        expect(rank[judgeCases(changed, claimed, how).outcome]).toBeGreaterThanOrEqual(
          rank[judgeCases(cases, claimed, how).outcome],
        );
      },
    ),
    { numRuns: 2000 },
  );
});

test("a pass means that every claim was checked and nothing went wrong", () => {
  fc.assert(
    fc.property(anyCases, anyFeatures, (drawn, claimed) => {
      const cases = drawn.map((one, n) => sampleCase({ id: `a/${String(n)}`, ...one }));
      fc.pre(judgeCases(cases, claimed, { partial: false }).outcome === "passed");
      expect(cases.every(({ outcome }) => outcome === "passed" || outcome === "skipped")).toBe(true);
      for (const feature of claimed) {
        expect(cases.some((one) => one.outcome === "passed" && one.features.includes(feature))).toBe(true);
      }
    }),
  );
});

test.each<[string, Outcome[], Feature[], Announced | undefined, object]>([
  [
    "passed",
    ["passed"],
    ["topology"],
    constrained,
    { claimed: true, announced: true, executed: 1, verdict: "passed" },
  ],
  [
    "not announced",
    ["passed"],
    ["topology"],
    silent,
    { claimed: true, announced: false, executed: 1, verdict: "failed" },
  ],
  [
    "never asked",
    ["passed"],
    ["topology"],
    undefined,
    { claimed: true, announced: null, executed: 1, verdict: "passed" },
  ],
  [
    "an error",
    ["error", "failed"],
    ["topology"],
    undefined,
    { claimed: true, announced: null, executed: 1, verdict: "incomplete" },
  ],
  [
    "only skipped",
    ["skipped"],
    ["topology"],
    undefined,
    { claimed: true, announced: null, executed: 0, verdict: "unproven" },
  ],
  [
    "not claimed",
    ["failed"],
    [],
    undefined,
    { claimed: false, announced: null, executed: 1, verdict: "unclaimed" },
  ],
])("the row of a feature: %s", (_what, outcomes, claimed, announced, row) => {
  const cases = outcomes.map((outcome, n) =>
    sampleCase({ id: `a/${String(n)}`, outcome, features: ["topology"] }),
  );
  const rows = tabulateFeatures(tabulatePromises({ claimed, announced }), cases, {});
  expect(rows.find(({ feature }) => feature === "topology")).toMatchObject(row);
  expect(rows.find(({ feature }) => feature === "restore")?.announced).toBeNull();
});

const time = { index: 1, startedAt: "2026-01-01T00:00:00.000Z", durationMs: 1 };
const oneOfTwo: Extent = { shards: { of: 2, planned: 2, ran: [time] } };
const bothOfTwo: Extent = { shards: { of: 2, planned: 2, ran: [time, { ...time, index: 2 }] } };

test.each<[string, Extent, Outcome[], FeatureVerdict]>([
  ["in a whole run", {}, [], "unproven"],
  ["in a whole run that skips its case", {}, ["skipped"], "unproven"],
  ["outside of the chosen cases", part, [], "outside"],
  ["of a chosen case that is skipped", part, ["skipped"], "skipped"],
  ["of a chosen case that broke down", part, ["error"], "incomplete"],
  ["of a chosen case that passed", part, ["passed"], "passed"],
  ["in another shard", oneOfTwo, [], "outside"],
  ["in no shard of a merged run", bothOfTwo, [], "unproven"],
])("a claim that nobody checked, %s", (_what, run, outcomes, verdict) => {
  const cases = outcomes.map((outcome) => sampleCase({ outcome, features: ["topology"] }));
  const rows = tabulateFeatures(
    tabulatePromises({ claimed: ["topology"], announced: undefined }),
    cases,
    run,
  );
  expect(rows.find(({ feature }) => feature === "topology")?.verdict).toBe(verdict);
});

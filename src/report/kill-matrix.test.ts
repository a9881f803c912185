// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { CaseResult, Outcome } from "./case-result.ts";
import { buildKillMatrix, judgeMutant } from "./kill-matrix.ts";

const mutant = { slug: "m", title: "breaks a", breaks: ["topo/a"], caughtBy: ["area/one"] };

function result(id: string, outcome: Outcome, requirement?: string): CaseResult {
  const failure = requirement === undefined ? {} : { failure: { message: "m", requirement } };
  const lists = {
    covers: [],
    features: [],
    steps: [],
    phases: [],
    placements: [],
    data: [],
    leaks: [],
    evidence: [],
  };
  return {
    id,
    title: id,
    outcome,
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMs: 1,
    reproduce: "",
    ...lists,
    ...failure,
  };
}

test.each([
  ["failed for what the mutant breaks", result("area/one", "failed", "topo/a"), "killed", true],
  ["failed for another requirement", result("area/one", "failed", "topo/b"), "wrong-reason", false],
  ["failed without naming a requirement", result("area/one", "failed"), "wrong-reason", false],
  ["passed", result("area/one", "passed"), "survived", false],
  ["broke down", result("area/one", "error"), "error", false],
  ["was skipped", result("area/one", "skipped"), "error", false],
] as const)("A case that %s", (_words, found, verdict, killed) => {
  const row = judgeMutant(mutant, [found]);
  expect(row.cells.map((cell) => cell.verdict)).toEqual([verdict]);
  expect(row.killed).toBe(killed);
});

test("A mutant whose cases left no result is not killed", () => {
  expect(judgeMutant(mutant, []).killed).toBe(false);
});

test("Nothing is proven without mutants, with an idle case, or when the good driver fails", () => {
  const killed = judgeMutant(mutant, [result("area/one", "failed", "topo/a")]);
  const clean = [result("area/one", "passed")];
  expect(buildKillMatrix([killed], clean).proven).toBe(true);
  expect(buildKillMatrix([], clean).proven).toBe(false);
  const skipped = result("area/one", "skipped");
  expect(buildKillMatrix([killed], [skipped, ...clean]).proven).toBe(true);
  expect(buildKillMatrix([killed], [skipped]).cleanFailures).toEqual(["area/one"]);
  expect(buildKillMatrix([killed], [...clean, result("area/two", "passed")], false).proven).toBe(true);
  expect(buildKillMatrix([killed], [...clean, result("area/two", "passed")])).toMatchObject({
    proven: false,
    idleCases: ["area/two"],
  });
  expect(buildKillMatrix([killed], [result("area/one", "failed", "topo/a")])).toMatchObject({
    proven: false,
    cleanFailures: ["area/one"],
  });
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { sampleMeta } from "../../catalogue/catalogue.test-data.ts";
import { planWorkers } from "./plan-workers.ts";

const cases = Array.from({ length: 7 }, (_, n) => ({
  id: `a/${String(n)}`,
  meta: { ...sampleMeta(), needs: { nodes: 1, zones: 1, ...(n >= 5 ? { alone: true } : {}) } },
}));

test("every case is one worker's, and those that run alone are the last worker's", () => {
  const plan = planWorkers(cases, 2);
  expect(plan.map(({ alone, caseIds }) => [alone, caseIds.length])).toEqual([
    [false, 3],
    [false, 2],
    [true, 2],
  ]);
  expect(plan.flatMap(({ caseIds }) => caseIds).sort()).toEqual(cases.map(({ id }) => id));
});

test("no worker is without work", () => {
  expect(planWorkers(cases.slice(0, 2), 9).map(({ caseIds }) => caseIds)).toEqual([["a/0"], ["a/1"]]);
  expect(planWorkers(cases.slice(5), 4)).toEqual([{ caseIds: ["a/5", "a/6"], alone: true }]);
});

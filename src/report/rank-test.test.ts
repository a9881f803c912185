// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { correctForMany, median, rankTest } from "./rank-test.ts";

// By hand: of the C(n, m) equally likely divisions of the ranks, those as extreme as the one seen.
test.each<[number[], number[], number]>([
  [[1, 2, 3], [4, 5, 6], 2 / 20],
  [[1, 2, 3, 4], [5, 6, 7, 8], 2 / 70],
  [[1, 2, 4], [3, 5, 6], 4 / 20],
  [[1], [2], 1],
  [[5, 5, 5], [5, 5, 5], 1],
  [[1, 1, 2, 2], [2, 3, 3, 3], 6 / 70],
  [[], [1, 2], 1],
])("%j against %j has p = %d", (a, b, p) => {
  expect(rankTest(a, b)).toBeCloseTo(p, 12);
});

/** Every division of the pool, one by one. */
function byEnumeration(a: readonly number[], b: readonly number[]): number {
  const pool = [...a, ...b];
  const rank = (value: number): number =>
    pool.filter((other) => other < value).length + (pool.filter((other) => other === value).length + 1) / 2;
  const distance = (picked: readonly number[]): number =>
    Math.abs(picked.reduce((sum, value) => sum + rank(value), 0) - (picked.length * (pool.length + 1)) / 2);
  let [extreme, all] = [0, 0];
  for (let mask = 0; mask < 2 ** pool.length; mask += 1) {
    const picked = pool.filter((_, index) => (mask >> index) & 1);
    if (picked.length !== a.length) continue;
    all += 1;
    if (distance(picked) >= distance(a) - 1e-9) extreme += 1;
  }
  return extreme / all;
}

test("it gives what counting every division gives, in either order, with and without ties", () => {
  const sample = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      expect(rankTest(a, b)).toBeCloseTo(byEnumeration(a, b), 10);
      expect(rankTest(b, a)).toBeCloseTo(rankTest(a, b), 10);
    }),
    { numRuns: 60 },
  );
});

test("twenty runs a side are counted at once", () => {
  const a = Array.from({ length: 20 }, (_, n) => n);
  expect(
    rankTest(
      a,
      a.map((value) => value + 20),
    ),
  ).toBeCloseTo(2 / 137_846_528_820, 15);
});

test.each([
  [
    [0.01, 0.04, 0.03],
    [0.03, 0.06, 0.06],
  ],
  [[0.5], [0.5]],
  [
    [0.9, 0.8],
    [1, 1],
  ],
  [[], []],
])("%j, looked at together, are worth %j", (alone, together) => {
  const corrected = correctForMany(alone);
  expect(corrected).toHaveLength(together.length);
  for (const [index, p] of together.entries()) expect(corrected[index]).toBeCloseTo(p, 12);
});

test.each([
  [[3], 3],
  [[1, 9, 3], 3],
  [[4, 1], 2.5],
  [[], NaN],
])("the middle of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});

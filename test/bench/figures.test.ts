// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { figureLine, histogram, isMet, quantile } from "./figures.ts";

test("a quantile is one of the values, by nearest rank", () => {
  const values = [5, 1, 4, 2, 3];
  expect([0, 0.5, 0.95, 1].map((share) => quantile(values, share))).toEqual([1, 3, 5, 5]);
  expect(() => quantile([], 0.5)).toThrow("nothing was measured");
});

test("a figure that misses its goal says so, in either direction", () => {
  const figure = { name: "p95", value: 151, unit: "ms", goal: { atMost: 150 }, how: "50 calls" } as const;
  expect(isMet(figure)).toBe(false);
  expect(figureLine(figure)).toMatch(/^✖ p95 +151 ms +goal ≤ 150 ms +50 calls$/);
  expect(isMet({ ...figure, unit: "ratio", value: 0.6, goal: { atLeast: 0.6 } })).toBe(true);
});

test("every value is in one class of the histogram", () => {
  expect(histogram([0, 9, 10, 11, 95], "ms")).toHaveLength(10);
  const counts = histogram([0, 9, 10, 11, 95], "ms").map((line) => Number(line.split(" ").at(-1)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
});

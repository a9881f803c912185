// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { runsToTake } from "./filler.ts";

const free = [
  { start: 0, length: 4 },
  { start: 10, length: 20 },
  { start: 50, length: 6 },
];

test("The longest free piece is cut to what is to be left, all others are taken whole", () => {
  expect(runsToTake(free, 5)).toEqual([
    { start: 0, length: 4 },
    { start: 15, length: 15 },
    { start: 50, length: 6 },
  ]);
});

test("Nothing is left, or nothing of the longest is taken", () => {
  expect(runsToTake(free, 0)).toEqual(free);
  expect(runsToTake(free, 20)).toEqual([free[0], free[2]]);
  expect(runsToTake([], 0)).toEqual([]);
});

test("More than the longest piece has is refused", () => {
  expect(() => runsToTake(free, 21)).toThrow(/20 extents, 21 are to be left/);
});

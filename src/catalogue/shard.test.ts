// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleMeta } from "./catalogue.test-data.ts";
import { parseShard, selectShard } from "./shard.ts";

function costing(seconds: readonly number[]) {
  return seconds.map((typicalSeconds, index) => ({
    id: `area/case-${String(index)}`,
    meta: sampleMeta({ cost: { ...sampleMeta().cost, typicalSeconds } }),
  }));
}

function plan(seconds: readonly number[], of: number): string[][] {
  return Array.from({ length: of }, (_, at) =>
    selectShard(costing(seconds), { index: at + 1, of }).map(({ id }) => id),
  );
}

test.each([
  ["1/1", { index: 1, of: 1 }],
  ["3/12", { index: 3, of: 12 }],
])("%s is read", (text, shard) => {
  expect(parseShard(text)).toEqual(shard);
});

test.each(["0/3", "4/3", "1", "1/0", "a/b", "1/3 ", "-1/3", "1/99999", ""])("%j is refused", (text) => {
  expect(() => parseShard(text)).toThrow(expect.objectContaining({ code: "SHARD_INVALID", kind: "usage" }));
});

test("the dearest cases are spread, the rest fills up", () => {
  expect(plan([10, 60, 20, 30], 2)).toEqual([["area/case-1"], ["area/case-0", "area/case-2", "area/case-3"]]);
});

test("every case is in exactly one shard, none is empty, and none has more than its fair share and one case", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(600), { minLength: 1, maxLength: 60 }), fc.nat(), (seconds, wish) => {
      const of = 1 + (wish % seconds.length);
      const shards = plan(seconds, of);
      expect(shards.flat().sort()).toEqual(
        costing(seconds)
          .map(({ id }) => id)
          .sort(),
      );
      for (const shard of shards) expect(shard.length).toBeGreaterThan(0);
      const load = (ids: string[]): number =>
        ids.reduce((sum, id) => sum + Math.max(1, seconds[Number(id.split("-")[1])] ?? 0), 0);
      const total = load(shards.flat());
      expect(Math.max(...shards.map(load))).toBeLessThanOrEqual(total / of + Math.max(1, ...seconds));
    }),
  );
});

test("the order in which cases are found does not change the plan", () => {
  const cases = costing([5, 5, 5, 7, 1]);
  for (const index of [1, 2]) {
    const there = selectShard(cases, { index, of: 2 }).map(({ id }) => id);
    const back = selectShard(cases.toReversed(), { index, of: 2 }).map(({ id }) => id);
    expect(back.sort()).toEqual(there.sort());
  }
});

test("more shards than cases are refused", () => {
  expect(() => plan([1, 2], 3)).toThrow(expect.objectContaining({ code: "SHARD_EMPTY", kind: "usage" }));
});

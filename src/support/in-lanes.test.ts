// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { inLanes } from "./in-lanes.ts";

test("results are in the items' order, and no lane does two at once", async () => {
  const busy = new Set<number>();
  const results = await inLanes([30, 5, 5, 1], 2, async (milliseconds, index, lane) => {
    expect(busy.has(lane)).toBe(false);
    busy.add(lane);
    await delay(milliseconds);
    busy.delete(lane);
    return index;
  });
  expect(results).toEqual([0, 1, 2, 3]);
});

test("after a failure what runs may end, and nothing is begun", async () => {
  const ended: string[] = [];
  const lanes = inLanes(["slow", "fails", "never"], 2, async (item) => {
    if (item === "fails") throw new Error("failed");
    await delay(20);
    ended.push(item);
  });
  await expect(lanes).rejects.toThrow("failed");
  expect(ended).toEqual(["slow"]);
});

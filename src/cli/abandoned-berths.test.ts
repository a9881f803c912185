// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { abandonedAmong } from "./abandoned-berths.ts";

const installed = [
  "local.example.org",
  "berth-12.local.example.org",
  "leaks.local.example.org",
  "other.local.example.org",
  "mine-berth-1.local.example.org",
  "mine-leaks.local.example.org",
  "berth-1.zonal.example.org",
];

test("What a proof left is known by its names; copies of other commands stay", () => {
  expect(abandonedAmong(installed, "local.example.org", "", ["leaks"])).toEqual(["berth-12", "leaks"]);
  expect(abandonedAmong(installed, "local.example.org", "mine-", ["leaks"])).toEqual([
    "mine-berth-1",
    "mine-leaks",
  ]);
});

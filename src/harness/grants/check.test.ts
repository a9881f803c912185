// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { check } from "./check.ts";

test("What holds passes", () => {
  check.equal("The node", "a", "a");
  check.sameSet("The nodes", ["a", "b", "b"], ["b", "a"]);
  check.includes("The options", ["ro", "sync"], "sync");
  check.isOneOf("The zone is allowed", "a", ["a", "b"]);
  check.atLeast("The device has grown", 10, 10);
  check.holds("The room is free again", true, "all of it");
});

test.each([
  ["another value", () => check.equal("The node", "b", "a"), "The node: expected a, seen b"],
  [
    "a set with more",
    () => check.sameSet("The nodes", ["a", "b"], ["a"]),
    "The nodes: expected a, seen a, b",
  ],
  [
    "a list without it",
    () => check.includes("The options", ["ro"], "sync"),
    "The options: expected sync among them, seen ro",
  ],
  [
    "none of those allowed",
    () => check.isOneOf("The zone is allowed", "c", ["b", "a"]),
    "The zone is allowed: expected one of: a, b, seen c",
  ],
  [
    "too little",
    () => check.atLeast("The device has grown", 9, 9.5),
    "The device has grown: expected at least 10 bytes, seen 9 bytes",
  ],
  [
    "no number",
    () => check.atLeast("The device has grown", Number.NaN, 1),
    "The device has grown: expected at least 1 bytes, seen NaN bytes",
  ],
])("%s fails, and the words say what was expected and what was seen", (_what, run, words) => {
  expect(run).toThrow(words);
});

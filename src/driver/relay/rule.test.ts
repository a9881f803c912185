// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { RuleBook } from "./rule.ts";

test("A rule for two calls is used up by two calls of its method", () => {
  const book = new RuleBook();
  book.replace([{ method: "CreateVolume", action: "lose-answer", times: 2 }]);
  expect(book.take("DeleteVolume")).toBeUndefined();
  expect(book.take("CreateVolume")?.action).toBe("lose-answer");
  expect(book.take("CreateVolume")?.action).toBe("lose-answer");
  expect(book.take("CreateVolume")).toBeUndefined();
});

test("Rules for one method follow one another", () => {
  const book = new RuleBook();
  book.replace([
    { method: "CreateVolume", action: "fail", code: 14, times: 1 },
    { method: "CreateVolume", action: "duplicate" },
  ]);
  expect([1, 2, 3].map(() => book.take("CreateVolume")?.action)).toEqual(["fail", "duplicate", "duplicate"]);
});

test("A hold ends when it is taken away", () => {
  const book = new RuleBook();
  book.replace([{ method: "CreateVolume", action: "hold" }]);
  expect(book.holds("CreateVolume")).toBe(true);
  book.replace([]);
  expect(book.holds("CreateVolume")).toBe(false);
});

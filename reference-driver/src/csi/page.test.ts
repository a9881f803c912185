// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { cutPage } from "./page.ts";

const items = ["c", "a", "e", "b", "d"];
const cut = (max: number, token: string, from = items) => cutPage(from, (item) => item, max, token);

describe("cutPage", () => {
  it("gives all, sorted, when no limit is asked", () => {
    expect(cut(0, "")).toEqual({ items: ["a", "b", "c", "d", "e"], nextToken: "" });
  });

  it("walks through all pages and ends without a token", () => {
    const first = cut(2, "");
    const second = cut(2, first.nextToken);
    const third = cut(2, second.nextToken);
    expect([first.items, second.items, third.items]).toEqual([["a", "b"], ["c", "d"], ["e"]]);
    expect(third.nextToken).toBe("");
  });

  it("skips and repeats nothing when entries come and go between pages", () => {
    const first = cut(2, "");
    expect(cut(2, first.nextToken, ["b", "c", "d", "aa"]).items).toEqual(["c", "d"]);
  });

  it("gives an empty list no token", () => {
    expect(cut(3, "", [])).toEqual({ items: [], nextToken: "" });
  });

  it.each(["invalid-token", "42"])("refuses the token %s with ABORTED", (token) => {
    expect(() => cut(1, token)).toThrow(expect.objectContaining({ code: "ABORTED" }));
  });

  it("refuses a negative limit", () => {
    expect(() => cut(-1, "")).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });
});

// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { parsePools } from "./pools-file.ts";

describe("parsePools", () => {
  it("reads what it needs and leaves the rest", () => {
    const text = '{"node":"n","pools":[{"class":"standard","volumeGroup":"sw-1","device":"/dev/loop9"}]}';
    expect(parsePools(text, "f")).toEqual({ node: "n", pools: [{ class: "standard", volumeGroup: "sw-1" }] });
  });

  it("reads that a pool is thin", () => {
    const text = '{"node":"n","pools":[{"class":"thin","volumeGroup":"sw-1","thin":true}]}';
    expect(parsePools(text, "f").pools).toEqual([{ class: "thin", volumeGroup: "sw-1", thin: true }]);
  });

  it.each([
    ['{"node":"n","pools":[{"class":"c","volumeGroup":"v","thin":1}]}', "f: pools[0].thin: true or false"],
    ['{"pools":[]}', "f: node: a text is expected"],
    ['{"node":"n"}', "f: pools: a list is expected"],
    ['{"node":"n","pools":[{}]}', "f: pools[0].class: a text is expected"],
    ['{"node":"n","pools":[{"class":"c"}]}', "f: pools[0].volumeGroup: a text is expected"],
  ])("refuses %s", (text, message) => {
    expect(() => parsePools(text, "f")).toThrow(message);
  });
});

// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { readsCapability, SYS_RESOURCE } from "./capabilities.ts";

describe("readsCapability", () => {
  it.each([
    ["all of them", "CapPrm:\t000001ffffffffff\nCapEff:\t000001ffffffffff\n", true],
    ["all but this", "CapPrm:\t000001ffffffffff\nCapEff:\t000001fffeffffff\n", false],
    ["no line", "Name:\tnode\n", false],
  ])("with %s", (_, status, expected) => {
    expect(readsCapability(status, SYS_RESOURCE)).toBe(expected);
  });
});

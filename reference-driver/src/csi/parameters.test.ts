// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { readPoolClass } from "./parameters.ts";

describe("readPoolClass", () => {
  it.each([
    [{}, "standard"],
    [{ poolClass: "fast" }, "fast"],
    [{ poolClass: "fast", devices: "[]" }, "fast"],
    [{ "csi.storage.k8s.io/pvc/name": "data", "csi.storage.k8s.io/pv/name": "pvc-1" }, "standard"],
  ])("%j: %s", (parameters, poolClass) => {
    expect(readPoolClass(parameters)).toBe(poolClass);
  });

  it("refuses what it does not know", () => {
    expect(() => readPoolClass({ poolclass: "fast" })).toThrow(/unknown parameter poolclass/);
  });
});

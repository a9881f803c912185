// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { readImageSource } from "./image-source.ts";

test.for([
  [undefined, 2, "auto"],
  ["", 2, "auto"],
  ["auto", 2, "auto"],
  [undefined, 1, "build"],
  ["auto", 1, "build"],
  ["build", 2, "build"],
  ["pull", 2, "pull"],
  ["pull", 1, "pull"],
] as const)("SEAWORTHY_IMAGES=%s on cgroup v%s means %s", ([value, cgroupVersion, expected]) => {
  // an explicit undefined would be read from the environment
  expect(readImageSource({ cgroupVersion }, value ?? "")).toBe(expected);
});

test("Another value is refused with the nearest that is known", () => {
  expect(() => readImageSource({ cgroupVersion: 2 }, "pul")).toThrow(
    expect.objectContaining({ kind: "usage", hint: "did you mean pull?" }),
  );
});

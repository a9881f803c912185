// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { bindArguments, mountArguments } from "./mount-arguments.ts";

describe("mount argument vectors", () => {
  it.each([
    [[], ["mount", "-t", "ext4", "/dev/loop3", "/stage"]],
    [
      ["noatime", "ro"],
      ["mount", "-t", "ext4", "-o", "noatime,ro", "/dev/loop3", "/stage"],
    ],
  ])("with the flags %j", (flags, argv) => {
    expect(mountArguments("ext4", flags, "/dev/loop3", "/stage")).toEqual(argv);
  });

  it.each([
    [false, ["mount", "-o", "bind", "/stage", "/pod"]],
    [true, ["mount", "-o", "bind,ro", "/stage", "/pod"]],
  ])("bound, read-only %s", (readOnly, argv) => {
    expect(bindArguments("/stage", "/pod", readOnly)).toEqual(argv);
  });
});

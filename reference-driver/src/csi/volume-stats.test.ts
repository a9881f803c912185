// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { deviceTrouble, filesystemTrouble } from "./volume-stats.ts";

describe("filesystemTrouble", () => {
  it.each([
    ["all writable", [{ closed: false, readOnly: false }], false],
    [
      "published read-only",
      [
        { closed: false, readOnly: false },
        { closed: false, readOnly: true },
      ],
      false,
    ],
    ["mounted read-only on request", [{ closed: true, readOnly: true }], false],
    ["read-only under a writable mount", [{ closed: true, readOnly: false }], true],
  ])("%s", (_, mounts, abnormal) => {
    expect(filesystemTrouble(mounts) !== undefined).toBe(abnormal);
  });
});

describe("deviceTrouble", () => {
  it.each([
    [8, false],
    [9, false],
    [7, true],
  ])("a device of %i bytes for a volume of 8: abnormal %j", (bytes, abnormal) => {
    expect(deviceTrouble({ bytes: 8 }, bytes) !== undefined).toBe(abnormal);
  });
});

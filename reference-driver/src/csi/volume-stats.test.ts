// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { deviceCondition, filesystemCondition } from "./volume-stats.ts";

describe("filesystemCondition", () => {
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
    expect(filesystemCondition(mounts).abnormal).toBe(abnormal);
  });
});

describe("deviceCondition", () => {
  it.each([
    [8, false],
    [9, false],
    [7, true],
  ])("a device of %i bytes for a volume of 8: abnormal %j", (bytes, abnormal) => {
    expect(deviceCondition({ bytes: 8 }, bytes).abnormal).toBe(abnormal);
  });
});

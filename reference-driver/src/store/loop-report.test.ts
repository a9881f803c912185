// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { findLoops, ownedLoops } from "./loop-report.ts";

const range = { device: "/dev/loop9", offset: 1048576, length: 8388608 };
const row = (name: string, extra: object) => ({
  name,
  "back-file": "/dev/loop9",
  offset: 1048576,
  sizelimit: 8388608,
  ro: false,
  ...extra,
});
const report = (...rows: object[]): string => JSON.stringify({ loopdevices: rows });

describe("findLoops", () => {
  it.each([
    ["no loop device at all", "", []],
    ["an exact match", report(row("/dev/loop3", {})), ["/dev/loop3"]],
    [
      "figures printed as text",
      report(row("/dev/loop3", { offset: "1048576", sizelimit: "8388608" })),
      ["/dev/loop3"],
    ],
    [
      "the same device under another /dev",
      report(row("/dev/loop3", { "back-file": "/loop9" })),
      ["/dev/loop3"],
    ],
    ["another device", report(row("/dev/loop3", { "back-file": "/dev/loop90" })), []],
    ["another offset", report(row("/dev/loop3", { offset: 0 })), []],
    [
      "a smaller length, from before the volume grew",
      report(row("/dev/loop3", { sizelimit: 4194304 })),
      ["/dev/loop3"],
    ],
    ["a larger length", report(row("/dev/loop3", { sizelimit: 8388609 })), []],
    ["no length", report(row("/dev/loop3", { sizelimit: 0 })), []],
    ["no backing file", report(row("/dev/loop3", { "back-file": null })), []],
  ])("%s", (_, json, loops) => {
    expect(findLoops(json, range).map(({ device }) => device)).toEqual(loops);
  });

  it.each([
    [false, false],
    [true, true],
    ["0", false],
    ["1", true],
  ])("printed as ro %j is read-only %j", (ro, readOnly) => {
    expect(findLoops(report(row("/dev/loop3", { ro })), range)).toEqual([
      { device: "/dev/loop3", readOnly, length: 8388608, leaving: false },
    ]);
  });
});

describe("ownedLoops", () => {
  it("are those of nodes that opened the device by a name of their own, with the node, and whether they are leaving", () => {
    const json = report(
      row("/dev/loop1", { "back-file": "/dev/loop9.node-a" }),
      row("/dev/loop2", { "back-file": "/loop9.node-b", autoclear: true }),
      row("/dev/loop3", { "back-file": "/dev/loop9.node-c", offset: 0 }),
      row("/dev/loop4", { "back-file": "/dev/loop90.node-a" }),
      row("/dev/loop5", {}),
    );
    expect(ownedLoops(json, range)).toEqual([
      { device: "/dev/loop1", owner: "node-a", leaving: false },
      { device: "/dev/loop2", owner: "node-b", leaving: true },
    ]);
  });
});

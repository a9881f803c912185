// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { byteRange, roundUp } from "./extents.ts";

const MIB = 1024 ** 2;

describe("roundUp", () => {
  it.each([
    [0, 4],
    [1, 4],
    [4 * MIB, 4],
    [4 * MIB + 1, 8],
    [10 * MIB, 12],
  ])("%i bytes to %i MiB", (bytes, mebibytes) => {
    expect(roundUp(bytes, 4 * MIB)).toBe(mebibytes * MIB);
  });
});

describe("byteRange", () => {
  const devices = [{ device: "/dev/loop9", startBytes: MIB }];

  it("counts from the first extent of the device", () => {
    expect(byteRange([{ device: "/dev/loop9", first: 3, count: 2 }], devices, 4 * MIB)).toEqual({
      device: "/dev/loop9",
      offset: 13 * MIB,
      length: 8 * MIB,
    });
  });

  it.each([
    [
      "two runs",
      [
        { device: "/dev/loop9", first: 0, count: 1 },
        { device: "/dev/loop9", first: 5, count: 1 },
      ],
      /in one piece/,
    ],
    ["no run", [], /in one piece/],
    ["a foreign device", [{ device: "/dev/sda", first: 0, count: 1 }], /\/dev\/sda/],
  ])("refuses %s", (_, runs, message) => {
    expect(() => byteRange(runs, devices, 4 * MIB)).toThrow(message);
  });
});

// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { byteRange, copyOnWriteBytes, roomBehind, roundUp, smallestRun } from "./extents.ts";

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

describe("the store of a copy-on-write snapshot", () => {
  it.each([
    // 8192 chunks, 33 areas of 256 exceptions, a header: 34 chunks above 8 extents.
    [32 * MIB, 36 * MIB],
    // 2048 GiB: an area for each 256 chunks is 8 GiB.
    [2 ** 41, 2 ** 41 + 2 ** 33 + 4 * MIB],
    // One chunk: header, area and chunk fit one extent.
    [4096, 4 * MIB],
  ])("for %i bytes has %i", (origin, store) => {
    expect(copyOnWriteBytes(origin, 4 * MIB)).toBe(store);
  });
});

describe("roomBehind", () => {
  const volume = [{ device: "/dev/sda", first: 10, count: 5 }];
  it.each([
    ["nothing free", [], 0],
    ["a free run right behind", [{ device: "/dev/sda", first: 15, count: 4 }], 4],
    ["a free run further behind", [{ device: "/dev/sda", first: 16, count: 4 }], 0],
    ["a free run before", [{ device: "/dev/sda", first: 0, count: 10 }], 0],
    ["a free run on another device", [{ device: "/dev/sdb", first: 15, count: 4 }], 0],
  ])("with %s", (_, free, count) => {
    expect(roomBehind(volume, free)).toBe(count);
  });
});

describe("smallestRun", () => {
  const free = [
    { device: "/dev/loop8", first: 0, count: 9 },
    { device: "/dev/loop9", first: 40, count: 3 },
    { device: "/dev/loop9", first: 50, count: 30 },
  ];

  it.each([
    [2, undefined, { device: "/dev/loop9", first: 40, count: 2 }],
    [3, undefined, { device: "/dev/loop9", first: 40, count: 3 }],
    [4, undefined, { device: "/dev/loop8", first: 0, count: 4 }],
    [4, "/dev/loop9", { device: "/dev/loop9", first: 50, count: 4 }],
    [31, undefined, undefined],
    [10, "/dev/loop8", undefined],
  ])("for %i extents on %s", (extents, device, expected) => {
    expect(smallestRun(free, extents, device)).toEqual(expected);
  });
});

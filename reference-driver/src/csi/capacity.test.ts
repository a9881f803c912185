// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { chooseSize, sizeFits } from "./capacity.ts";

const MIB = 1024 ** 2;
const range = (requiredBytes: number, limitBytes = 0) => ({ requiredBytes, limitBytes });

describe("chooseSize", () => {
  it.each([
    ["nothing asked", null, 0, 1024 * MIB],
    ["zero asked", range(0), 0, 1024 * MIB],
    ["whole extents", range(64 * MIB), 0, 64 * MIB],
    ["one byte more than whole extents", range(64 * MIB + 1), 0, 68 * MIB],
    ["less than an extent", range(1), 0, 4 * MIB],
    ["only a limit", range(0, 100 * MIB), 0, 100 * MIB],
    ["only a limit, between extents", range(0, 101 * MIB), 0, 100 * MIB],
    ["a limit it meets", range(64 * MIB, 64 * MIB), 0, 64 * MIB],
    ["a restore with no size", null, 48 * MIB, 48 * MIB],
    ["a restore to a larger size", range(96 * MIB), 48 * MIB, 96 * MIB],
  ])("%s", (_, asked, atLeast, bytes) => {
    expect(chooseSize(asked, atLeast)).toBe(bytes);
  });

  it("goes up to the smallest that the filesystem needs, and no further than the limit", () => {
    expect(chooseSize(range(64 * MIB), 0, 300 * MIB)).toBe(300 * MIB);
    expect(() => chooseSize(range(64 * MIB, 64 * MIB), 0, 300 * MIB)).toThrow(
      expect.objectContaining({ code: "OUT_OF_RANGE" }),
    );
  });

  it.each([
    ["a restore to a smaller size", range(32 * MIB), 48 * MIB, "OUT_OF_RANGE"],
    ["a limit below the snapshot", range(0, 32 * MIB), 48 * MIB, "OUT_OF_RANGE"],
    ["a limit that no whole extent meets", range(63 * MIB, 63 * MIB), 0, "OUT_OF_RANGE"],
    ["a limit below what is required", range(64 * MIB, 32 * MIB), 0, "INVALID_ARGUMENT"],
    ["a negative size", range(-1), 0, "INVALID_ARGUMENT"],
  ])("refuses %s", (_, asked, atLeast, code) => {
    expect(() => chooseSize(asked, atLeast)).toThrow(expect.objectContaining({ code }));
  });
});

describe("sizeFits", () => {
  it.each([
    [64 * MIB, null, true],
    [64 * MIB, range(64 * MIB), true],
    [64 * MIB, range(65 * MIB), false],
    [64 * MIB, range(0, 32 * MIB), false],
    [64 * MIB, range(32 * MIB, 64 * MIB), true],
  ])("%i bytes against %j: %s", (bytes, asked, fits) => {
    expect(sizeFits(bytes, asked)).toBe(fits);
  });
});

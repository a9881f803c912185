// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { objection, smallestFor } from "./volume-capability.ts";

const mount = (fsType: string) => ({ mount: { fsType, mountFlags: [] } });
const mode = (name: string) => ({ accessMode: { mode: name } });

describe("objection", () => {
  it.each([
    [{ ...mount(""), ...mode("SINGLE_NODE_WRITER") }],
    [{ ...mount("ext4"), ...mode("SINGLE_NODE_READER_ONLY") }],
    [{ ...mount("xfs"), ...mode("SINGLE_NODE_WRITER") }],
    [{ block: {}, ...mode("SINGLE_NODE_WRITER") }],
    [{ ...mount("ext4"), ...mode("SINGLE_NODE_SINGLE_WRITER") }],
    [{ block: {}, ...mode("SINGLE_NODE_MULTI_WRITER") }],
  ])("has none against %j", (capability) => {
    expect(objection(capability)).toBeUndefined();
  });

  it.each([
    [{ ...mode("SINGLE_NODE_WRITER") }, /neither/],
    [{ ...mount("vfat"), ...mode("SINGLE_NODE_WRITER") }, /vfat/],
    [{ ...mount("ext4"), ...mode("MULTI_NODE_MULTI_WRITER") }, /MULTI_NODE_MULTI_WRITER/],
    [{ ...mount("ext4"), accessMode: null }, /UNKNOWN/],
  ])("has one against %j", (capability, reason) => {
    expect(objection(capability)).toMatch(reason);
  });
});

describe("smallestFor", () => {
  it.each([
    [[{ block: {}, accessMode: null }], 0],
    [[{ ...mount(""), accessMode: null }], 16],
    [
      [
        { ...mount("ext4"), accessMode: null },
        { ...mount("xfs"), accessMode: null },
      ],
      300,
    ],
  ])("%j: %i MiB", (capabilities, mebibytes) => {
    expect(smallestFor(capabilities)).toBe(mebibytes * 1024 ** 2);
  });
});

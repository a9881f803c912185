// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { objection } from "./volume-capability.ts";

const mount = (fsType: string) => ({ mount: { fsType, mountFlags: [] } });
const mode = (name: string) => ({ accessMode: { mode: name } });

describe("objection", () => {
  it.each([
    [{ ...mount(""), ...mode("SINGLE_NODE_WRITER") }],
    [{ ...mount("ext4"), ...mode("SINGLE_NODE_READER_ONLY") }],
  ])("has none against %j", (capability) => {
    expect(objection(capability)).toBeUndefined();
  });

  it.each([
    [{ block: {}, ...mode("SINGLE_NODE_WRITER") }, /block/],
    [{ ...mode("SINGLE_NODE_WRITER") }, /neither/],
    [{ ...mount("vfat"), ...mode("SINGLE_NODE_WRITER") }, /vfat/],
    [{ ...mount("ext4"), ...mode("MULTI_NODE_MULTI_WRITER") }, /MULTI_NODE_MULTI_WRITER/],
    [{ ...mount("ext4"), accessMode: null }, /UNKNOWN/],
  ])("has one against %j", (capability, reason) => {
    expect(objection(capability)).toMatch(reason);
  });
});

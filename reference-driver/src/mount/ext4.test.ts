// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { readSuperblock } from "./ext4.ts";

it("reads the sizes that dumpe2fs prints", () => {
  const text =
    "Filesystem volume name:   <none>\nBlock count:              131072\nReserved block count:     0\nBlock size:               1024\n";
  expect(readSuperblock(text)).toEqual({ blockBytes: 1024, bytes: 134217728 });
});

it("says which line is missing", () => {
  expect(() => readSuperblock("Block size: 1024")).toThrow(/Block count/);
});

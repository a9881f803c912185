// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { copyArguments } from "./device-content.ts";

it("copies past the page cache, whole blocks, and not before the bytes are on the device", () => {
  const argv = copyArguments("/dev/loop3", "/dev/loop4");
  expect(argv.slice(0, 3)).toEqual(["dd", "if=/dev/loop3", "of=/dev/loop4"]);
  expect(argv).toContain("iflag=direct,fullblock");
  expect(argv).toContain("conv=sparse,fsync,notrunc");
});

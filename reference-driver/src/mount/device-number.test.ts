// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { splitDeviceNumber } from "./device-number.ts";

it.each([
  [0x700n, "7:0"],
  [0x709n, "7:9"],
  [0x10072cn, "7:300"],
  [0xfd03n, "253:3"],
])("splits %i", (rdev, text) => {
  expect(splitDeviceNumber(rdev)).toBe(text);
});

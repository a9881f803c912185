// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { bytesOf } from "./quantity.ts";

test.each([
  ["67108864", 67_108_864],
  ["64Mi", 67_108_864],
  ["1.5Gi", 1_610_612_736],
  ["2G", 2_000_000_000],
  ["many", Number.NaN],
  ["5Xi", Number.NaN],
])("%s has %d bytes", (quantity, bytes) => {
  expect(bytesOf(quantity)).toBe(bytes);
});

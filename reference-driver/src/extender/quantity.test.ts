// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { bytesOf } from "./quantity.ts";

it.each([
  ["1073741824", 2 ** 30],
  ["1Gi", 2 ** 30],
  ["1.5Gi", 1.5 * 2 ** 30],
  ["500M", 5e8],
  ["1e3", 1000],
  ["1E", 1e18],
  ["1500m", 2],
])("%s has %d bytes", (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes);
});

it.each(["", "Gi", "1Qi", "1.2.3"])("%j is no quantity", (text) => {
  expect(() => bytesOf(text)).toThrow("is expected");
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { parseQuantity } from "./quantity.ts";

test.each([
  ["1073741824", 2 ** 30],
  ["64Mi", 64 * 2 ** 20],
  ["10G", 1e10],
  ["2Ti", 2 ** 41],
  ["0", 0],
])("%s is %d bytes", (text, bytes) => {
  expect(parseQuantity(text)).toBe(bytes);
});

test.each(["", "Gi", "1.5Gi", "-1Gi", "1 Gi", "1gi", "1Ei", "99999999Pi"])("%s is no size", (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

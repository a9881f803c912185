// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { fitSize } from "./fit-size.ts";

const gibibyte = 2 ** 30;

test.each([
  [64, 1, 1, "64Mi"],
  [64, gibibyte, 1, "1024Mi"],
  [1500, gibibyte, gibibyte, "2048Mi"],
  [64, 1, 1e9, "1000000000"],
  [1024, gibibyte, gibibyte, "1024Mi"],
])("%d MiB with a minimum of %d and a step of %d is %s", (megabytes, minimum, step, size) => {
  expect(fitSize(megabytes, minimum, step)).toBe(size);
});

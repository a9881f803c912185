// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { describeLeft } from "./traces.ts";

test("What was there before is not left behind, and one more of the same is", () => {
  expect(
    describeLeft(["loop a", "loop a", "loop b"], ["loop a", "loop b", "loop a", "loop a", "record c"]),
  ).toEqual(["loop a", "record c"]);
});

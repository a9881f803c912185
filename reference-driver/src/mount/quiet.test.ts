// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { readWrites } from "./quiet.ts";

it("reads completed writes and requests in flight", () => {
  const stat =
    "     168        0     1404        3       17        2       40       12        1       16       16        0\n";
  expect(readWrites(stat)).toEqual({ written: 17, inFlight: 1 });
});

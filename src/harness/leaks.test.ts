// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { parseListing } from "./back-end-lister.ts";
import { caseIdOf } from "./case-id.ts";
import { findLeaks } from "./leaks.ts";

test("A listing gives the first word of each line", () => {
  expect(parseListing("  pvc-1 67108864\n\n  snap-2  4194304 \n")).toEqual(["pvc-1", "snap-2"]);
  expect(parseListing("")).toEqual([]);
});

test("Only the case's own ids are leaks, wherever they are", () => {
  const held = [
    { id: "pvc-1", node: "a" },
    { id: "pvc-2", node: "a" },
    { id: "pvc-1", node: "b" },
  ];
  expect(findLeaks(["pvc-1"], held)).toEqual(["pvc-1 on a", "pvc-1 on b"]);
  expect(findLeaks([], held)).toEqual([]);
});

test("A case's id is its path below suites", () => {
  expect(caseIdOf("/some/where/suites/placement/disk-follows-pod.case.ts")).toBe(
    "placement/disk-follows-pod",
  );
  expect(() => caseIdOf("/some/where/else.ts")).toThrow("lives under suites/");
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { MUTANTS } from "../../reference-driver/mutants/mutant-list.ts";
import { specsOf } from "./specs-of.ts";

test("a mutant meets the tests beside the cases that must catch it", () => {
  expect(specsOf({ caughtBy: ["placement/pod-follows-disk"] })).toContain("topology should");
  expect(specsOf({ caughtBy: ["faults/node-dies", "snapshot/restore-keeps-the-moment"] }).join()).toContain(
    "after modifying source data",
  );
});

test("there is something to run for every mutant, and every expression is one", () => {
  for (const mutant of MUTANTS) {
    const specs = specsOf(mutant);
    expect(specs, mutant.slug).not.toEqual([]);
    for (const spec of specs) expect(() => new RegExp(spec)).not.toThrow();
  }
});

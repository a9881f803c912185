// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { MUTANTS } from "../../reference-driver/mutants/mutant-list.ts";
import { specsOf } from "./specs-of.ts";

const matches = (id: string, spec: string): boolean =>
  new RegExp(specsOf({ caughtBy: [id] }).join("|")).test(spec);

test("a mutant meets the tests that look at what its cases look at", () => {
  const topology = "[Testpattern: Dynamic PV (delayed binding)] topology should provision a volume";
  expect(matches("placement/pod-follows-disk", topology)).toBe(true);
  expect(matches("snapshot/restore-keeps-the-moment", topology)).toBe(false);
  const restore =
    "[Testpattern: Dynamic PV (default fs)] provisioning should provision storage with snapshot data source [Feature:VolumeSnapshotDataSource]";
  expect(matches("snapshot/restore-keeps-the-moment", restore)).toBe(true);
});

test("a test that begins like another is left out", () => {
  const clone =
    "[Testpattern: Dynamic PV (default fs)] provisioning should provision storage with pvc data source";
  expect(matches("snapshot/clones-share-nothing", clone)).toBe(true);
  expect(matches("snapshot/clones-share-nothing", `${clone} in parallel [Slow]`)).toBe(false);
  expect(matches("snapshot/clones-share-nothing", `${clone} (ROX mode)`)).toBe(false);
});

test("there is something to run for every mutant", () => {
  for (const mutant of MUTANTS) expect(specsOf(mutant), mutant.slug).not.toEqual([]);
});

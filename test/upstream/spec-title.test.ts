// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { specTitle } from "./spec-title.ts";

test("a title is pattern and sentence; driver, suite and labels are left out", () => {
  const name =
    "[sig-storage] External Storage [Driver: a.local.seaworthy.dev] [Testpattern: Dynamic PV (default fs)] provisioning should provision storage with snapshot data source [Feature:VolumeSnapshotDataSource]";
  expect(specTitle(name)).toBe(
    "Dynamic PV (default fs): provisioning should provision storage with snapshot data source",
  );
});

test("labels go wherever they stand", () => {
  const name =
    "External Storage [Driver: a] [Testpattern: Dynamic PV (xfs)] [Slow] multiVolume [Slow] should share [LinuxOnly] [Slow, Feature:A]";
  expect(specTitle(name)).toBe("Dynamic PV (xfs): multiVolume should share");
});

test("what is no storage test keeps its name", () => {
  expect(specTitle("[sig-node] Pods should start")).toBe("[sig-node] Pods should start");
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { suggest } from "./suggest.ts";

const known = ["snapshot", "snapshotClass", "storageClasses", "topologyKeys", "features"];

test.each([
  ["snapshots", "snapshot"],
  ["Snapshot-Class", "snapshotClass"],
  ["storageClass", "storageClasses"],
  ["toplogyKeys", "topologyKeys"],
  ["feature", "features"],
  ["colour", undefined],
  ["x", undefined],
])("%s is taken for %s", (name, expected) => {
  expect(suggest(name, known)).toBe(expected);
});

// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { LogicalVolume } from "./resources.ts";
import { abandoned } from "./sweep-failed.ts";

const NOW = new Date("2026-01-01T01:00:00Z");
const OLD = new Date("2026-01-01T00:30:00Z");
const spec = { driverName: "d", node: "n", poolClass: "c", kind: "volume", bytes: 1, csiName: "x" } as const;

it.each<[string, LogicalVolume, boolean]>([
  [
    "an old failed record",
    { metadata: { name: "v", creationTimestamp: OLD }, spec, status: { phase: "Failed" } },
    true,
  ],
  [
    "one that somebody may wait for",
    { metadata: { name: "v", creationTimestamp: NOW }, spec, status: { phase: "Failed" } },
    false,
  ],
  ["a volume", { metadata: { name: "v", creationTimestamp: OLD }, spec, status: { phase: "Ready" } }, false],
  ["a record nobody answered yet", { metadata: { name: "v", creationTimestamp: OLD }, spec }, false],
  [
    "one that goes away",
    {
      metadata: { name: "v", creationTimestamp: OLD, deletionTimestamp: NOW },
      spec,
      status: { phase: "Failed" },
    },
    false,
  ],
])("%s", (_words, record, gone) => {
  expect(abandoned([record], NOW)).toEqual(gone ? ["v"] : []);
});

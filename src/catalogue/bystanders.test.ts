// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { bystanders } from "./bystanders.ts";
import type { NamedCase } from "./check.ts";

const mutant = { slug: "m", title: "m", breaks: ["snap/ready"], caughtBy: ["snapshot/a"] };

function named(id: string, covers: string[], typicalSeconds = 1): NamedCase {
  const cost = { typicalSeconds, limitSeconds: 9, volumes: 1, megabytes: 1 };
  return { id, meta: { title: id, covers, features: [], needs: { nodes: 1, zones: 1 }, cost } };
}

test("a case that covers what is broken, or must catch it, is no bystander", () => {
  const cases = [named("snapshot/a", ["snap/size"]), named("snapshot/b", ["snap/ready"])];
  expect(bystanders(mutant, cases, 1)).toEqual([]);
});

test("as many as asked for, cheap ones, the same each time", () => {
  const cases = ["a", "b", "c", "d"].map((id, n) => named(`topology/${id}`, ["topo/joint"], n));
  expect(bystanders(mutant, cases, 2)).toHaveLength(2);
  expect(bystanders(mutant, cases, 2)).toEqual(bystanders(mutant, cases, 2));
  expect(new Set(bystanders(mutant, cases, 2)).size).toBe(2);
  expect(bystanders(mutant, cases, 1)).not.toContain("topology/d");
});

// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { goodServices } from "../src/composition/services.ts";
import { MUTANTS } from "./mutant-list.ts";

const ROOT = path.join(import.meta.dirname, "../..");

const requirements = readdirSync(path.join(ROOT, "fixtures/requirements"))
  .map((file) => readFileSync(path.join(ROOT, "fixtures/requirements", file), "utf8"))
  .flatMap((text) => [...text.matchAll(/^\s*- id: (\S+)$/gm)].map((match) => match[1]));

describe("the list of mutants", () => {
  it("has one entry per file, and no two of one slug", () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
      .filter((file) => path.dirname(file) !== ".")
      .map((file) => path.basename(file, ".ts"));
    expect(MUTANTS.map((mutant) => mutant.slug).toSorted()).toEqual(files.toSorted());
    expect(new Set(MUTANTS.map((mutant) => mutant.slug)).size).toBe(MUTANTS.length);
  });
});

describe.each(MUTANTS)("$slug", (mutant) => {
  it("says which rule it breaks, by requirements that exist", () => {
    expect(mutant.title).not.toBe("");
    expect(mutant.breaks.length).toBeGreaterThan(0);
    expect(requirements).toEqual(expect.arrayContaining([...mutant.breaks]));
  });

  it("is caught by cases that exist", () => {
    expect(mutant.caughtBy.length).toBeGreaterThan(0);
    for (const id of mutant.caughtBy)
      expect(existsSync(path.join(ROOT, "suites", `${id}.case.ts`)), id).toBe(true);
  });

  it("changes some of the driver's services and keeps the others", () => {
    const wrapped = mutant.wrap(goodServices);
    expect(Object.keys(wrapped).toSorted()).toEqual(Object.keys(goodServices).toSorted());
    const kept = Object.entries(goodServices).filter(
      ([name, build]) => wrapped[name as keyof typeof wrapped] === build,
    );
    expect(kept.length).toBeLessThan(Object.keys(goodServices).length);
    expect(kept.length).toBeGreaterThan(0);
  });
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { sampleMeta, sampleMutant, sampleRequirement } from "./catalogue.test-data.ts";
import { type CatalogueParts, type NamedCase, checkCatalogue } from "./check.ts";

const sound: NamedCase = { id: "snapshot/restores", meta: sampleMeta() };

function problems(changes: Partial<CatalogueParts>): string[] {
  const requirements = [sampleRequirement("snap/point-in-time"), sampleRequirement("snap/size")];
  return checkCatalogue({ cases: [sound], requirements, mutants: [sampleMutant()], ...changes });
}

test("a sound catalogue has no problems", () => {
  expect(problems({})).toEqual([]);
});

test.each([
  [
    "a requirement that does not exist",
    { covers: ["snap/point-in-time", "snap/nonsense"] },
    "covers snap/nonsense, which is no requirement",
  ],
  [
    "a typical time at the limit",
    { cost: { typicalSeconds: 60, limitSeconds: 60, volumes: 1, megabytes: 1 } },
    "its typical time is not below its limit",
  ],
  [
    "a wish as a title",
    { title: "A volume should hold its data" },
    "its title is not a present-tense statement",
  ],
  [
    "an order as a title",
    { title: "Verify that a volume holds its data" },
    "its title is not a present-tense statement",
  ],
  ["a full stop", { title: "A volume holds its data." }, "its title is not one line without a full stop"],
  [
    "a small first letter",
    { title: "a volume holds its data" },
    "its title does not start with a capital letter",
  ],
  ["one word", { title: "Restore" }, "its title is not a sentence of at most 140 characters"],
])("a case with %s is refused", (_what, changes, problem) => {
  expect(problems({ cases: [{ id: sound.id, meta: sampleMeta(changes) }] })).toEqual([
    `snapshot/restores: ${problem}`,
  ]);
});

test("an unknown feature from plain JavaScript is refused", () => {
  const meta = { ...sampleMeta(), features: ["snapshots"] } as unknown as NamedCase["meta"];
  expect(problems({ cases: [{ id: sound.id, meta }] })).toEqual([
    "snapshot/restores: snapshots is no feature",
  ]);
});

test("a case no mutant proves is refused", () => {
  expect(problems({ mutants: [] })).toEqual(["snapshot/restores: no mutant proves that it can fail"]);
});

test("ids and titles are given once", () => {
  const other = { id: "snapshot/other", meta: sampleMeta() };
  const mutants = [sampleMutant({ caughtBy: [sound.id, other.id] })];
  expect(problems({ cases: [sound, other], mutants })).toEqual([
    `two cases have the title "${sound.meta.title}"`,
  ]);
  expect(problems({ cases: [sound, sound] })).toContain("snapshot/restores: two cases have this id");
});

test.each([
  ["caught by nothing", { caughtBy: [] }, "mutant restores-nothing: no case catches it"],
  [
    "caught by an unknown case",
    { caughtBy: ["snapshot/x"] },
    "mutant restores-nothing: is caught by snapshot/x, which is no case",
  ],
  [
    "breaking an unknown rule",
    { breaks: ["snap/point-in-time", "snap/x"] },
    "mutant restores-nothing: breaks snap/x, which is no requirement",
  ],
  [
    "caught by an unrelated case",
    { breaks: ["snap/size"] },
    "mutant restores-nothing: snapshot/restores covers none of what it breaks",
  ],
])("a mutant %s is refused", (_what, changes, problem) => {
  expect(problems({ mutants: [sampleMutant(changes)] })).toContain(problem);
});

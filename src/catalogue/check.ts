// SPDX-License-Identifier: Apache-2.0
import type { CaseMeta } from "./case.ts";
import { isFeature } from "./features.ts";
import type { MutantInfo } from "./mutant.ts";
import type { Requirement } from "./requirements.ts";

/** A case as far as the catalogue's rules are concerned. */
export interface NamedCase {
  readonly id: string;
  readonly meta: CaseMeta;
}

/** All that the rules look at together. */
export interface CatalogueParts {
  readonly cases: readonly NamedCase[];
  readonly requirements: readonly Requirement[];
  readonly mutants: readonly MutantInfo[];
}

/** Every breach of the catalogue's rules, one sentence each; empty when it is sound. */
export function checkCatalogue(parts: CatalogueParts): string[] {
  return [
    ...repeated(parts.cases.map(({ id }) => id)).map((id) => `${id}: two cases have this id`),
    ...repeated(parts.cases.map(({ meta }) => meta.title)).map(
      (title) => `two cases have the title "${title}"`,
    ),
    ...parts.cases.flatMap((one) => checkCase(one, parts)),
    ...parts.mutants.flatMap((mutant) => checkMutant(mutant, parts)),
  ];
}

function checkCase({ id, meta }: NamedCase, { requirements, mutants }: CatalogueParts): string[] {
  const problems: string[] = [];
  if (!/^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/.test(id))
    problems.push("its path is not area/slug in lower-case words");
  problems.push(...checkTitle(meta.title));
  if (meta.covers.length === 0) problems.push("covers no requirement");
  for (const covered of meta.covers) {
    if (!requirements.some((requirement) => requirement.id === covered))
      problems.push(`covers ${covered}, which is no requirement`);
  }
  for (const feature of meta.features as readonly string[]) {
    if (!isFeature(feature)) problems.push(`${feature} is no feature`);
  }
  if (meta.cost.typicalSeconds >= meta.cost.limitSeconds)
    problems.push("its typical time is not below its limit");
  if (!mutants.some((mutant) => mutant.caughtBy.includes(id)))
    problems.push("no mutant proves that it can fail");
  return problems.map((problem) => `${id}: ${problem}`);
}

/** A title is one statement about the driver: it has no orders, no wishes and no full stop. */
function checkTitle(title: string): string[] {
  const problems: string[] = [];
  if (!/^[A-Z]/.test(title)) problems.push("its title does not start with a capital letter");
  if (/[.!?]$/.test(title) || title.includes("\n"))
    problems.push("its title is not one line without a full stop");
  if (/\b(should|must|shall|can|test|verify|check)\b/i.test(title))
    problems.push("its title is not a present-tense statement");
  if (!title.includes(" ") || title.length > 140)
    problems.push("its title is not a sentence of at most 140 characters");
  return problems;
}

function checkMutant(
  { slug, breaks, caughtBy }: MutantInfo,
  { cases, requirements }: CatalogueParts,
): string[] {
  const problems: string[] = [];
  if (caughtBy.length === 0) problems.push("no case catches it");
  for (const id of caughtBy) {
    const caught = cases.find((one) => one.id === id);
    if (caught === undefined) problems.push(`is caught by ${id}, which is no case`);
    else if (!caught.meta.covers.some((covered) => breaks.includes(covered))) {
      problems.push(`${id} covers none of what it breaks`);
    }
  }
  for (const broken of breaks) {
    if (!requirements.some(({ id }) => id === broken))
      problems.push(`breaks ${broken}, which is no requirement`);
  }
  return problems.map((problem) => `mutant ${slug}: ${problem}`);
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

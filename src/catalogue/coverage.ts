// SPDX-License-Identifier: Apache-2.0
import type { CatalogueParts } from "./check.ts";
import type { Requirement } from "./requirements.ts";

/** A case that gives evidence for a requirement, and the broken drivers that prove it can fail. */
interface CoveringCase {
  readonly id: string;
  /** Slugs, sorted. */
  readonly mutants: readonly string[];
}

/** What stands behind one requirement. */
export interface CoverageRow {
  readonly requirement: Requirement;
  /** By id; empty is a gap. */
  readonly cases: readonly CoveringCase[];
}

/** Requirement → cases → mutants, in the order of the requirements. */
export function coverRequirements({ cases, requirements, mutants }: CatalogueParts): CoverageRow[] {
  return requirements.map((requirement) => ({
    requirement,
    cases: cases
      .filter(({ meta }) => meta.covers.includes(requirement.id))
      .map(({ id }) => ({ id, mutants: mutantsOf(id, mutants) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  }));
}

/** Requirements no case covers yet. */
export function findGaps(rows: readonly CoverageRow[]): Requirement[] {
  return rows.filter(({ cases }) => cases.length === 0).map(({ requirement }) => requirement);
}

/** Slugs of the mutants a case must catch, sorted. */
function mutantsOf(caseId: string, mutants: CatalogueParts["mutants"]): string[] {
  return mutants
    .filter(({ caughtBy }) => caughtBy.includes(caseId))
    .map(({ slug }) => slug)
    .sort();
}

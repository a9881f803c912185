// SPDX-License-Identifier: Apache-2.0
import type { CatalogueParts } from "./check.ts";
import type { Requirement } from "./requirements.ts";

/** A case that gives evidence for a requirement, and the broken drivers that prove it can fail. */
interface CoveringCase {
  readonly id: string;
  /** Slugs, sorted, of mutants that break this requirement and that this case catches. */
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
      .map(({ id }) => ({
        id,
        mutants: mutants
          .filter(({ breaks, caughtBy }) => breaks.includes(requirement.id) && caughtBy.includes(id))
          .map(({ slug }) => slug)
          .sort(),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  }));
}

/** Nothing covers it. */
export function isGap({ cases }: CoverageRow): boolean {
  return cases.length === 0;
}

/** Cases cover it, but no mutant proves that they would fail for it. */
export function isUnproven(row: CoverageRow): boolean {
  return !isGap(row) && row.cases.every(({ mutants }) => mutants.length === 0);
}

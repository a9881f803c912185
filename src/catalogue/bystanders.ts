// SPDX-License-Identifier: Apache-2.0
import type { NamedCase } from "./check.ts";
import type { MutantInfo } from "./mutant.ts";

/** Cases that have nothing to do with what a mutant breaks: they must not fail for another reason. The choice is the same in each run. */
export function bystanders(mutant: MutantInfo, cases: readonly NamedCase[], count: number): string[] {
  const strangers = cases
    .filter(({ id, meta }) => {
      const touched = meta.covers.some((covered) => mutant.breaks.includes(covered));
      // Mutants are tried side by side, which a case that runs alone does not bear.
      return !touched && !mutant.caughtBy.includes(id) && meta.needs.alone !== true;
    })
    .toSorted((a, b) => a.meta.cost.typicalSeconds - b.meta.cost.typicalSeconds || (a.id < b.id ? -1 : 1));
  const cheap = strangers.slice(0, Math.max(count, Math.ceil(strangers.length / 2)));
  const start = Array.from(mutant.slug).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
  return cheap.length === 0
    ? []
    : Array.from(
        { length: Math.min(count, cheap.length) },
        (_none, n) => cheap[(start + n) % cheap.length]?.id ?? "",
      );
}

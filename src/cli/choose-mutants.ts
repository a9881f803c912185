// SPDX-License-Identifier: Apache-2.0
import type { MutantInfo } from "../catalogue/mutant.ts";
import { KitError } from "../support/errors.ts";
import { suggest } from "../support/suggest.ts";

/** Which mutants were asked for: those named, all when none is, and of these a part such as `2/10` or `today/10`. */
interface Choice {
  readonly mutant: readonly string[];
  readonly part?: string;
}

/** @throws KitError of kind `usage` for a name or part that is none */
export function chooseMutants(all: readonly MutantInfo[], { mutant, part }: Choice): MutantInfo[] {
  const named = selectMutants(all, mutant);
  return part === undefined ? named : partOf(named, part);
}

function selectMutants(all: readonly MutantInfo[], slugs: readonly string[]): MutantInfo[] {
  const known = all.map((mutant) => mutant.slug);
  for (const slug of slugs) {
    if (known.includes(slug)) continue;
    const near = suggest(slug, known);
    throw new KitError("MUTANT_UNKNOWN", `no mutant is called "${slug}"`, {
      kind: "usage",
      hint: near === undefined ? `there are ${known.join(", ")}` : `did you mean ${near}?`,
    });
  }
  return all.filter((mutant) => slugs.length === 0 || slugs.includes(mutant.slug));
}

/** Days since 1970 decide, so that every mutant has its turn within n days. */
function partOf(mutants: readonly MutantInfo[], part: string): MutantInfo[] {
  const [index, of] = (/^(\d{1,4}|today)\/([1-9]\d{0,3})$/.exec(part) ?? []).slice(1);
  const count = Number(of);
  const first = index === "today" ? Math.floor(Date.now() / 86_400_000) % count : Number(index) - 1;
  if (of !== undefined && first >= 0 && first < count)
    return mutants.filter((_mutant, at) => at % count === first);
  throw new KitError("PART_INVALID", `--part ${part}: expected i/n with 1 ≤ i ≤ n, or today/n`, {
    kind: "usage",
  });
}

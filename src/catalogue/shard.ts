// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../support/errors.ts";
import type { CaseMeta } from "./case.ts";

/** One of several parts of the catalogue that run apart from each other, on clusters of their own. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/**
 * `2/3`: the second of three.
 * @throws KitError `SHARD_INVALID` of kind `usage`
 */
export function parseShard(text: string): Shard {
  const [, index, of] = (/^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []).map(Number);
  if (index !== undefined && of !== undefined && index <= of) return { index, of };
  throw new KitError("SHARD_INVALID", `--shard ${text}: expected i/n with 1 ≤ i ≤ n, such as 2/3`, {
    kind: "usage",
  });
}

/** What the plan looks at. */
interface PlannedCase {
  readonly id: string;
  readonly meta: { readonly cost: Pick<CaseMeta["cost"], "typicalSeconds"> };
}

/**
 * The cases of one shard, in their order. The dearest go first, each to the shard that has least to do: every machine
 * that knows the same cases makes the same plan, and no case is in two shards or in none.
 * @throws KitError `SHARD_EMPTY` of kind `usage` when there are more shards than cases
 */
export function selectShard<T extends PlannedCase>(cases: readonly T[], { index, of }: Shard): T[] {
  if (of > cases.length)
    throw new KitError(
      "SHARD_EMPTY",
      `plan ${String(of)} shards: there are only ${String(cases.length)} cases`,
      { kind: "usage", hint: "A shard needs at least one case." },
    );
  const loads = Array.from({ length: of }, () => 0);
  const shardOf = new Map<string, number>();
  for (const { id, meta } of cases.toSorted(byCost)) {
    const least = loads.indexOf(Math.min(...loads));
    // a case without cost counts too, or all of them would go to one shard
    loads[least] = (loads[least] ?? 0) + Math.max(1, meta.cost.typicalSeconds);
    shardOf.set(id, least);
  }
  return cases.filter(({ id }) => shardOf.get(id) === index - 1);
}

function byCost(a: PlannedCase, b: PlannedCase): number {
  return b.meta.cost.typicalSeconds - a.meta.cost.typicalSeconds || (a.id < b.id ? -1 : 1);
}

// SPDX-License-Identifier: Apache-2.0
import type { CatalogueCase } from "../../catalogue/load.ts";
import { selectShard } from "../../catalogue/shard.ts";

/** Cases of one worker. */
export interface WorkerPlan {
  readonly caseIds: readonly string[];
  /** Its cases change what others stand on: it begins when all other workers are done. */
  readonly alone: boolean;
}

/** Shares cases out among workers on one cluster: equal cost for those beside each other, and one more for the cases that run alone. */
export function planWorkers(
  cases: readonly Pick<CatalogueCase, "id" | "meta">[],
  workers: number,
): WorkerPlan[] {
  const beside = cases.filter(({ meta }) => meta.needs.alone !== true);
  const alone = cases.filter(({ meta }) => meta.needs.alone === true);
  const of = Math.min(workers, beside.length);
  const parts = Array.from({ length: of }, (_, at) => selectShard(beside, { index: at + 1, of }));
  return [
    ...parts.map((part) => ({ caseIds: part.map(({ id }) => id), alone: false })),
    ...(alone.length === 0 ? [] : [{ caseIds: alone.map(({ id }) => id), alone: true }]),
  ];
}

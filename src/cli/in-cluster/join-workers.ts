// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from "node:util";
import { errorResult, type NamedCase } from "../../harness/case-results.ts";
import type { CaseResult, ConformanceReport, RunInfo } from "../../report/model.ts";
import { KitError } from "../../support/errors.ts";
import { rerunCommand } from "../describe-run.ts";
import type { WorkersFound } from "./run-workers.ts";
import type { TakenReport } from "./take-report.ts";
import type { WorkOrder } from "./work-order.ts";

export interface InClusterFound {
  /** Each case once, in the catalogue's order. */
  readonly cases: CaseResult[];
  /** As in a merged report; undefined when no worker left a report. */
  readonly shards: RunInfo["shards"];
}

/**
 * The results of all workers, and an error for each case of a worker without a report: what was not run is no pass.
 * @param failure what ended the run before its time
 * @throws KitError when the reports are not what the order asked for
 */
export function joinWorkers(
  { order, cases }: { readonly order: WorkOrder; readonly cases: readonly NamedCase[] },
  { reports, lost }: WorkersFound,
  failure?: string,
): InClusterFound {
  const taken = [...reports].sort(([a], [b]) => a - b);
  for (const [index, { report }] of taken) expectPart(index, report, order);
  expectOneDriver(taken);
  const results = new Map(taken.flatMap(([, { report }]) => report.cases.map((one) => [one.id, one])));
  const missing = (one: NamedCase): CaseResult => {
    const index = order.workers.findIndex(({ caseIds }) => caseIds.includes(one.id));
    const why = [...(lost.get(index) ?? []), ...(failure === undefined ? [] : [failure])];
    const message = `worker ${String(index + 1)} left no report: ${why.join("; ") || "nothing else is known"}`;
    return errorResult(one, { rerun: rerunCommand(order.certifyFlags) }, message);
  };
  const ran = taken.map(([index, shard]) => describePart(index, shard, lost.get(index)));
  return {
    cases: cases.map((one) => results.get(one.id) ?? missing(one)),
    shards: ran.length === 0 ? undefined : { of: order.workers.length, planned: cases.length, ran },
  };
}

function describePart(
  index: number,
  { report, sha256 }: TakenReport,
  lost: readonly string[] | undefined,
): NonNullable<RunInfo["shards"]>["ran"][number] {
  const { startedAt, durationMs } = report.run;
  const again = lost === undefined ? {} : { lost: [...lost] };
  return { index: index + 1, startedAt, durationMs, reportSha256: sha256, ...again };
}

/** A result that nobody ordered would be in the report twice, or in place of another. */
function expectPart(index: number, { cases }: ConformanceReport, { workers }: WorkOrder): void {
  const asked = workers[index]?.caseIds.toSorted();
  const found = cases.map(({ id }) => id).sort();
  if (isDeepStrictEqual(asked, found)) return;
  const message = `join the workers' reports: worker ${String(index + 1)} was to run ${String(asked)}, and its report holds ${String(found)}`;
  throw new KitError("WORKER_REPORT_DIFFERS", message);
}

/** A driver that is replaced in mid-run was not checked as a whole. */
function expectOneDriver(taken: readonly (readonly [number, TakenReport])[]): void {
  const [first, ...rest] = taken.map(([, { report }]) => report.driver);
  const other = rest.find((driver) => !isDeepStrictEqual(driver, first));
  if (other === undefined) return;
  const shown = [first, other].map((driver) => JSON.stringify(driver?.images ?? [])).join(" and ");
  throw new KitError("WORKERS_DIFFER", `join the workers' reports: they saw different drivers: ${shown}`, {
    hint: "the driver was replaced while the workers ran: certify it again",
  });
}

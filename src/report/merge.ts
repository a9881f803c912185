// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from "node:util";
import { KitError } from "../support/errors.ts";
import { buildReport } from "./build-report.ts";
import type { ConformanceReport, RunInfo } from "./model.ts";

/** The report of one shard. */
export interface ShardReport {
  /** What messages call it: its folder. */
  readonly name: string;
  readonly report: ConformanceReport;
  /** SHA-256 of its report.json, hexadecimal. */
  readonly sha256: string;
}

/**
 * Joins the reports of the shards of one run and judges all results together. A shard that is missing makes the
 * verdict incomplete; reports that are not of one run are refused.
 * @throws KitError of kind `usage`: `MERGE_MIXTURE`, `MERGE_TWICE`
 */
export function mergeReports(
  shards: readonly [ShardReport, ShardReport, ...ShardReport[]],
): ConformanceReport {
  const [first] = shards;
  for (const other of shards.slice(1)) expectSameRun(first, other);
  expectOnce(shards);
  const { report } = first;
  return buildReport({
    ...report,
    environment: { ...report.environment, kernel: kernels(shards) },
    run: mergeRuns(shards),
    cases: shards.flatMap((one) => one.report.cases),
    promises: report.features,
  });
}

/** What must be the same in all: everything that decides what a result means. The kernel of each machine may differ. */
function expectSameRun(first: ShardReport, other: ShardReport): void {
  const [a, b] = [aspects(first), aspects(other)];
  const different = Object.keys(a).filter((name) => !isDeepStrictEqual(a[name], b[name]));
  if (different.length === 0) return;
  const [name = ""] = different;
  const shown = `${JSON.stringify(a[name] ?? null)} and ${JSON.stringify(b[name] ?? null)}`;
  throw new KitError(
    "MERGE_MIXTURE",
    `merge ${first.name} and ${other.name}: they differ in ${different.join(", ")}: ${shown.length > 300 ? `${shown.slice(0, 300)}…` : shown}`,
    {
      kind: "usage",
      hint: "Only shards of one run can be merged: same driver, kit, catalogue, cluster and flags.",
    },
  );
}

function aspects({ name, report }: ShardReport): Readonly<Record<string, unknown>> {
  const { kit, driver, environment, nodes, features, run } = report;
  if (run.shards === undefined)
    throw new KitError("MERGE_MIXTURE", `merge ${name}: it is not the report of a shard`, {
      kind: "usage",
      hint: "Shards are made with `seaworthy certify --shard i/n`.",
    });
  return {
    driver,
    kit,
    environment: { ...environment, kernel: undefined },
    nodes,
    claims: features.map(({ feature, claimed, announced }) => ({ feature, claimed, announced })),
    selection: run.selection,
    "number of shards": run.shards.of,
    "planned cases": run.shards.planned,
    command: withoutShard(run.reproduce),
  };
}

function expectOnce(shards: readonly ShardReport[]): void {
  expectApart("shard", shards, ({ report }) =>
    (report.run.shards?.ran ?? []).map(({ index }) => String(index)),
  );
  expectApart("case", shards, ({ report }) => report.cases.map(({ id }) => id));
}

function expectApart(
  what: string,
  shards: readonly ShardReport[],
  keysOf: (shard: ShardReport) => readonly string[],
): void {
  const holders = new Map<string, string>();
  for (const shard of shards) {
    for (const key of keysOf(shard)) {
      const holder = holders.get(key);
      if (holder !== undefined)
        throw new KitError("MERGE_TWICE", `merge ${holder} and ${shard.name}: both hold ${what} ${key}`, {
          kind: "usage",
          hint: "Leave one of them out.",
        });
      holders.set(key, shard.name);
    }
  }
}

function mergeRuns(shards: readonly [ShardReport, ...ShardReport[]]): RunInfo {
  const { run } = shards[0].report;
  const starts = shards.map(({ report }) => Date.parse(report.run.startedAt));
  const ends = shards.map(({ report }, at) => (starts[at] ?? 0) + report.run.durationMs);
  const start = Math.min(...starts);
  const ran = shards
    .flatMap(({ report, sha256 }) =>
      (report.run.shards?.ran ?? []).map((one) => ({ reportSha256: sha256, ...one })),
    )
    .sort((a, b) => a.index - b.index);
  return {
    startedAt: new Date(start).toISOString(),
    durationMs: Math.max(...ends) - start,
    reproduce: withoutShard(run.reproduce),
    ...(run.selection === undefined ? {} : { selection: run.selection }),
    shards: { of: run.shards?.of ?? 1, planned: run.shards?.planned ?? 1, ran },
  };
}

function kernels(shards: readonly ShardReport[]): string {
  return [...new Set(shards.map(({ report }) => report.environment.kernel))].sort().join(", ");
}

function withoutShard(command: string): string {
  return command.replace(/ --shard \S+/, "");
}

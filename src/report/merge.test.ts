// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { mergeReports, type ShardReport } from "./merge.ts";
import type { ConformanceReport } from "./model.ts";
import { passedCases, sampleReport } from "./report.test-data.ts";
import { tabulatePromises } from "./feature-rows.ts";

const flags = "seaworthy certify --driver reference --cluster three-zones";

/** Shard i of three of the four sample cases; the first has two. */
function shard(index: number, changes: Parameters<typeof sampleReport>[0] = {}): ShardReport {
  const [first, second, third, fourth] = passedCases();
  const cases = [[first, fourth], [second], [third]][index - 1]?.filter((one) => one !== undefined) ?? [];
  const startedAt = `2026-11-21T05:0${String(index)}:00.000Z`;
  const report = sampleReport({
    cases,
    run: {
      startedAt,
      durationMs: 60_000,
      reproduce: `${flags} --shard ${String(index)}/3`,
      shards: { of: 3, planned: 4, ran: [{ index, startedAt, durationMs: 60_000 }] },
    },
    ...changes,
  });
  return { name: `shard-${String(index)}`, report, sha256: String(index).repeat(64) };
}

test("a shard alone is a part: it certifies nothing, and what other shards check is not held against it", () => {
  expect(shard(2).report.verdict).toEqual({
    outcome: "partial",
    sentence:
      "local.seaworthy.dev 0.1.0 passed the 1 case asked for; a part of the catalogue certifies nothing.",
  });
});

test("all shards together are the whole run, in whatever order they come", () => {
  const merged = mergeReports([shard(3), shard(1), shard(2)]);
  const { cases, run, verdict } = merged;
  expect(verdict).toEqual(sampleReport().verdict);
  expect(cases).toEqual(sampleReport().cases);
  expect(run).toMatchObject({ startedAt: "2026-11-21T05:01:00.000Z", durationMs: 180_000, reproduce: flags });
  expect(run.shards?.ran.map(({ index, reportSha256 }) => [index, reportSha256?.[0]])).toEqual([
    [1, "1"],
    [2, "2"],
    [3, "3"],
  ]);
});

test("a missing shard makes the verdict incomplete and is named", () => {
  expect(mergeReports([shard(1), shard(3)]).verdict).toEqual({
    outcome: "incomplete",
    sentence: "No claim is made about local.seaworthy.dev 0.1.0: shard 2 of 3 is missing.",
  });
});

test("a merged report can be completed", () => {
  const half = { name: "half", report: mergeReports([shard(1), shard(3)]), sha256: "9".repeat(64) };
  const whole = mergeReports([half, shard(2)]);
  expect(whole.verdict.outcome).toBe("passed");
  expect(whole.run.shards?.ran.map(({ reportSha256 }) => reportSha256?.[0])).toEqual(["1", "2", "3"]);
});

test("a shard that lost a planned case makes the verdict incomplete", () => {
  const lossy = shard(1, { cases: passedCases().slice(0, 1), run: shard(1).report.run });
  expect(mergeReports([lossy, shard(2), shard(3)]).verdict).toMatchObject({
    outcome: "incomplete",
    sentence: expect.stringContaining("4 cases were planned, the report holds 3") as string,
  });
});

test("machines may have different kernels; both are named", () => {
  const other = shard(2, { environment: { ...sampleReport().environment, kernel: "6.8.0" } });
  const { run } = shard(2).report;
  const merged = mergeReports([shard(1), { ...other, report: { ...other.report, run } }, shard(3)]);
  expect(merged.environment.kernel).toBe("6.12.41, 6.8.0");
});

const { kit, driver, environment, nodes } = sampleReport();

test.each<[string, Partial<Parameters<typeof sampleReport>[0]>]>([
  ["kit", { kit: { ...kit, version: "0.2.0" } }],
  ["kit", { kit: { ...kit, catalogueHash: "00" } }],
  ["driver", { driver: { ...driver, vendorVersion: "0.1.1" } }],
  ["driver", { driver: { ...driver, images: [{ name: "x", digest: "sha256:0" }] } }],
  ["environment", { environment: { ...environment, kubernetes: "v1.35.0" } }],
  ["nodes", { nodes: nodes.slice(1) }],
  ["claims", { promises: tabulatePromises({ claimed: ["snapshot"], announced: undefined }) }],
])("reports that differ in their %s are refused", (what, changes) => {
  const { run } = shard(2).report;
  expect(() => mergeReports([shard(1), shard(2, { ...changes, run })])).toThrow(
    expect.objectContaining({
      code: "MERGE_MIXTURE",
      kind: "usage",
      message: expect.stringMatching(`^merge shard-1 and shard-2: they differ in ${what}: `) as string,
    }),
  );
});

function altered(change: (report: ConformanceReport) => ConformanceReport): ShardReport {
  return { ...shard(2), report: change(shard(2).report) };
}

test.each<[string, ShardReport, RegExp]>([
  ["a report that is given twice", shard(1), /^merge shard-1 and shard-1: both hold shard 1$/],
  ["the same shard", { ...shard(1), name: "again" }, /^merge shard-1 and again: both hold shard 1$/],
  [
    "the same case",
    altered((report) => ({ ...report, cases: passedCases().slice(0, 1) })),
    /^merge shard-1 and shard-2: both hold case placement\/disk-follows-pod$/,
  ],
  [
    "a report of no shard",
    { name: "whole", report: sampleReport(), sha256: "" },
    /^merge whole: it is not the report of a shard$/,
  ],
  [
    "a shard of another plan",
    altered((report) => ({
      ...report,
      run: { ...report.run, shards: { of: 2, planned: 4, ran: report.run.shards?.ran ?? [] } },
    })),
    /they differ in number of shards: 3 and 2$/,
  ],
])("%s is refused", (_what, other, message) => {
  expect(() => mergeReports([shard(1), other])).toThrow(message);
});

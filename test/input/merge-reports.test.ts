// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeReportFiles } from "../../src/cli/write-report-files.ts";
import { passedCases, sampleReport } from "../../src/report/report.test-data.ts";
import { seaworthy } from "../seaworthy.ts";

let home = "";
const at = (...names: string[]): string => join(home, ...names);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seaworthy-merge-"));
  for (const index of [1, 2]) await writeShard(index);
});

afterAll(() => rm(home, { recursive: true }));

/** Two of the four sample cases; the first keeps a file of evidence. */
async function writeShard(index: number): Promise<void> {
  const startedAt = "2026-11-21T05:00:00.000Z";
  const cases = passedCases().slice(index * 2 - 2, index * 2);
  const kept = cases.map((one) => ({ ...one, evidence: [`evidence/${one.id}/events.txt`] }));
  for (const path of kept.flatMap(({ evidence }) => evidence)) {
    await mkdir(at(`shard-${String(index)}`, path, ".."), { recursive: true });
    await writeFile(at(`shard-${String(index)}`, path), path);
  }
  const report = sampleReport({
    cases: kept,
    run: {
      startedAt,
      durationMs: 1000,
      reproduce: `seaworthy certify --shard ${String(index)}/2`,
      shards: { of: 2, planned: 4, ran: [{ index, startedAt, durationMs: 1000 }] },
    },
  });
  await writeReportFiles(report, at(`shard-${String(index)}`));
}

test("Two shards become one whole report with the evidence of both", async () => {
  const merged = await seaworthy(["report", "merge", at("shard-1"), at("shard-2"), "--out", at("whole")]);
  expect(merged.stdout).toContain("passed all 4 executed cases");
  expect(merged.exitCode).toBe(0);
  const verified = await seaworthy(["report", "verify", at("whole"), "--json"]);
  expect(JSON.parse(verified.stdout)).toMatchObject({ whole: true, verdict: { outcome: "passed" } });
  for (const { id } of passedCases())
    expect(await readFile(at("whole/evidence", id, "events.txt"), "utf8")).toBe(`evidence/${id}/events.txt`);
});

test("One report alone, the same twice, and a damaged one are refused, and nothing is written", async () => {
  const refuse = async (paths: string[], words: RegExp): Promise<void> => {
    const { exitCode, stderr } = await seaworthy(["report", "merge", ...paths, "--out", at("refused")]);
    expect(stderr).toMatch(words);
    expect(exitCode).toBe(3);
    await expect(readFile(at("refused/report.json"))).rejects.toThrow("ENOENT");
  };
  await refuse([at("shard-1")], /one report alone is not merged/);
  await refuse([at("shard-1"), at("shard-1")], /both hold shard 1/);
  await writeFile(at("shard-2/evidence/extra.txt"), "");
  await refuse([at("shard-1"), at("shard-2")], /extra\.txt does not belong to the report/);
});

test("A shard that does not exist is bad input before anything is made", async () => {
  const { exitCode, stderr } = await seaworthy(["certify", "--shard", "4/3"]);
  expect(stderr).toContain("--shard 4/3: expected i/n with 1 ≤ i ≤ n");
  expect(exitCode).toBe(3);
});

test("Comparing two reports tells a regression by its exit code", async () => {
  const failed = passedCases().map((one, n) => (n === 0 ? { ...one, outcome: "failed" as const } : one));
  await mkdir(at("nightly/one"), { recursive: true });
  for (const name of ["later", "empty"]) await mkdir(at(name));
  await writeReportFiles(sampleReport(), at("nightly/one"));
  await writeReportFiles(sampleReport({ cases: failed }), at("later"));
  const worse = await seaworthy(["report", "compare", at("nightly"), at("later")]);
  expect(worse.stdout).toContain("Regressions\n  placement/disk-follows-pod  passed → failed");
  expect(worse.exitCode).toBe(1);
  const better = await seaworthy(["report", "compare", at("later"), at("nightly"), "--json"]);
  expect(JSON.parse(better.stdout)).toMatchObject({ cases: [{ change: "fix" }, {}, {}, {}] });
  expect(better.exitCode).toBe(0);
  const none = await seaworthy(["report", "compare", at("later"), at("empty")]);
  expect(none.stderr).toContain("there is no report.json, nor a folder with one");
  expect(none.exitCode).toBe(3);
});

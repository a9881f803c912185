// SPDX-License-Identifier: Apache-2.0
import { relative } from "node:path";
import type { ConformanceReport } from "../report/model.ts";
import { countOutcomes } from "../report/verdict.ts";
import { formatDuration } from "../support/duration.ts";

/** The same as one line of JSON, the last of standard output. */
export function printOutcomeLine({ cases, run, verdict }: ConformanceReport, files: readonly string[]): void {
  const line = { ...verdict, cases: countOutcomes(cases), durationMs: run.durationMs, files };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Says on the terminal what came of a run and where it is written. */
export function printOutcome({ cases, run, verdict }: ConformanceReport, files: readonly string[]): void {
  const counts = Object.entries(countOutcomes(cases)).map(
    ([outcome, count]) => `${String(count)} ${outcome}`,
  );
  process.stdout.write(`\n${verdict.sentence}\n${counts.join(", ")} in ${formatDuration(run.durationMs)}\n`);
  process.stdout.write(files.map((file) => `  ${relative(process.cwd(), file)}\n`).join(""));
}

// SPDX-License-Identifier: Apache-2.0
import { bystanders } from "../catalogue/bystanders.ts";
import { loadCatalogue } from "../catalogue/load.ts";
import type { MutantInfo } from "../catalogue/mutant.ts";
import { judgeMutant, type MutantRow } from "../report/kill-matrix.ts";
import type { CaseResult } from "../report/model.ts";
import { formatDuration } from "../support/duration.ts";
import type { DriverPreparation } from "./driver-deployment.ts";
import { proveAgain } from "./proof-again.ts";
import { type ProofCases, runProofCases } from "./run-proof-cases.ts";
import { writeProofReport } from "./write-proof-report.ts";

/** Where one mutant is proven. */
export interface MutantRun {
  /** Folder of its results. */
  readonly folder: string;
  /** Its place among the others, for progress. */
  readonly count: string;
  /** Cases to run that have nothing to do with it. */
  readonly bystanders: number;
  readonly print: (line: string) => void;
}

/** Runs the cases that must catch a mutant, which is in place, and some that must not. */
export async function proveMutant(
  state: DriverPreparation,
  mutant: MutantInfo,
  { folder, count, bystanders: strangers, print }: MutantRun,
): Promise<MutantRow> {
  const { cases } = await loadCatalogue();
  const started = Date.now();
  print(`▸ ${count} ${mutant.slug}: ${mutant.title}`);
  const groups = [mutant.caughtBy, bystanders(mutant, cases, strangers)].filter(({ length }) => length > 0);
  const results = await runInTurn(state, groups, { folder, rerun: proveAgain(state, mutant.slug) });
  const row = judgeMutant(mutant, results);
  await writeProofReport(state, { mutant, asked: groups.flat(), cases: results, startedAt: started, folder });
  const time = formatDuration(Date.now() - started);
  print(
    row.killed ? `✔ ${count} ${mutant.slug} killed in ${time}` : `✖ ${count} ${survival(row)} in ${time}`,
  );
  if (row.falseAlarms.length > 0) print(`  ✖ ${mutant.slug}: false alarm of ${row.falseAlarms.join(", ")}`);
  return row;
}

/** One group after the other: what a fault does to one case's volumes can hang on what another asks for meanwhile. */
async function runInTurn(
  state: DriverPreparation,
  groups: readonly (readonly string[])[],
  run: Omit<ProofCases, "cases">,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const cases of groups) results.push(...(await runProofCases(state, { ...run, cases })));
  return results;
}

function survival(row: MutantRow): string {
  const cells = row.cells.map(({ caseId, verdict, requirement, message }) =>
    [`    ${caseId}: ${verdict}`, requirement, message].filter((part) => part !== undefined).join(": "),
  );
  return `${row.slug} not killed:\n${cells.join("\n")}\n   `;
}

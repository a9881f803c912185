// SPDX-License-Identifier: Apache-2.0
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { MutantInfo } from "../catalogue/mutant.ts";
import { runSuites } from "../harness/run.ts";
import { buildKillMatrix, judgeMutant, type KillMatrix, type MutantRow } from "../report/kill-matrix.ts";
import type { CaseResult } from "../report/model.ts";
import { formatDuration } from "../support/duration.ts";
import { connectStep } from "./connect-step.ts";
import { deployPrepared, type DriverPreparation, driverStep, needCluster } from "./driver-deployment.ts";
import { kitVersion } from "./kit-version.ts";
import { clusterSteps } from "./preparation.ts";
import { caseProgress } from "./progress-cases.ts";
import { runFolder } from "./run-folder.ts";
import { runSteps } from "./progress.ts";
import { reapStep } from "./reap-step.ts";

/** Runs every mutant against the cases that must catch it, then the good driver against all of those cases, and writes the kill matrix. */
export async function prove(
  state: DriverPreparation,
  mutants: readonly MutantInfo[],
  partial: boolean,
): Promise<KillMatrix> {
  const started = Date.now();
  const folder = runFolder(started, "proof");
  await mkdir(folder, { recursive: true, mode: 0o750 });
  await runSteps([...clusterSteps, connectStep, driverStep, reapStep], state);
  const caught = [...new Set(mutants.flatMap((mutant) => mutant.caughtBy))];
  print("The good driver, all cases:");
  const clean = await run(state, partial ? caught : [], join(folder, "clean"));
  const rows: MutantRow[] = [];
  for (const [index, mutant] of mutants.entries()) {
    print(`\nMutant ${String(index + 1)} of ${String(mutants.length)}: ${mutant.slug} (${mutant.title})`);
    state.mutant = mutant.slug;
    await deployPrepared(state, () => undefined);
    const row = judgeMutant(mutant, await run(state, mutant.caughtBy, join(folder, mutant.slug)));
    print(
      row.killed
        ? `✔ ${mutant.slug} killed`
        : `✖ ${mutant.slug} not killed: ${row.cells.map((cell) => `${cell.caseId} ${cell.verdict}`).join(", ")}`,
    );
    rows.push(row);
  }
  delete state.mutant;
  await deployPrepared(state, () => undefined);
  const matrix = buildKillMatrix(rows, clean);
  const file = join(folder, "kill-matrix.json");
  await writeFile(file, `${JSON.stringify(matrix, undefined, 2)}\n`);
  process.stdout.write(
    `\n${describeMatrix(matrix)} in ${formatDuration(Date.now() - started)}\n  ${relative(process.cwd(), file)}\n`,
  );
  return matrix;
}

async function run(
  state: DriverPreparation,
  cases: readonly string[],
  runDirectory: string,
): Promise<CaseResult[]> {
  const { cluster } = needCluster(state);
  return runSuites({
    cluster: cluster.name,
    profile: state.profile,
    caseFilter: cases,
    runDirectory,
    kitVersion: await kitVersion(),
    certifyFlags: `--cluster ${state.shape.metadata.name}`,
    onProgress: caseProgress((line) => print(`  ${line}`)),
    signal: state.signal,
  });
}

function describeMatrix(matrix: KillMatrix): string {
  const killed = matrix.rows.filter((row) => row.killed).length;
  const parts = [`${String(killed)} of ${String(matrix.rows.length)} mutants killed`];
  if (matrix.cleanFailures.length > 0)
    parts.push(`the good driver did not pass ${matrix.cleanFailures.join(", ")}`);
  if (matrix.idleCases.length > 0) parts.push(`no mutant is killed by ${matrix.idleCases.join(", ")}`);
  return `${matrix.proven ? "Proven" : "Not proven"}: ${parts.join("; ")}`;
}

function print(line: string): void {
  process.stderr.write(`${line}\n`);
}

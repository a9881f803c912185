// SPDX-License-Identifier: Apache-2.0
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { bystanders } from "../catalogue/bystanders.ts";
import { loadCatalogue } from "../catalogue/load.ts";
import type { MutantInfo } from "../catalogue/mutant.ts";
import { readDriverObjects } from "../driver/read-objects.ts";
import { copyDriver } from "../driver/driver-copy.ts";
import { readDriverProfile } from "../driver/profile.ts";
import { removeDriver } from "../driver/remove-driver.ts";
import { runSuites } from "../harness/run.ts";
import { reapRuns } from "../kube/reap.ts";
import { releaseRuns } from "../kube/release.ts";
import { buildKillMatrix, judgeMutant, type KillMatrix, type MutantRow } from "../report/kill-matrix.ts";
import type { CaseResult } from "../report/model.ts";
import { formatDuration } from "../support/duration.ts";
import { connectStep } from "./connect-step.ts";
import { deployPrepared, type DriverPreparation, driverStep } from "./driver-deployment.ts";
import { needCluster, needProbe } from "./driver-state.ts";
import { kitVersion } from "./kit-version.ts";
import { clusterSteps } from "./preparation.ts";
import { caseProgress } from "./progress-cases.ts";
import { runFolder } from "./run-folder.ts";
import { runSteps } from "./progress.ts";
import { reapStep } from "./reap-step.ts";

/** Milliseconds for a mutant to remove what cases left, before it is removed itself. */
const farewell = 15_000;

/** What to prove, and how. */
export interface ProofPlan {
  readonly mutants: readonly MutantInfo[];
  /** Only some mutants were asked for: only their cases are run with the good driver. */
  readonly partial: boolean;
  /** Mutants deployed at once, each as a copy of the driver beside the others. */
  readonly parallel: number;
  /** Put in front of the mutants' names for their copies. */
  readonly prefix: string;
  /** Print the outcome for a program. */
  readonly json?: boolean;
}

/**
 * Runs the good driver against all cases, then every mutant against the cases that must catch it and one that must not,
 * and writes the kill matrix.
 */
export async function prove(state: DriverPreparation, plan: ProofPlan): Promise<KillMatrix> {
  const started = Date.now();
  const folder = runFolder(started, "proof");
  await mkdir(folder, { recursive: true, mode: 0o750 });
  await runSteps([...clusterSteps, connectStep, driverStep, reapStep], state);
  const caught = [...new Set(plan.mutants.flatMap((mutant) => mutant.caughtBy))];
  print("The good driver, all cases:");
  const progress = caseProgress((line) => print(`  ${line}`));
  const clean = await run(state, plan.partial ? caught : [], join(folder, "clean"), progress);
  const { beside, alone } = await splitByCompany(plan.mutants);
  const mutants = [...beside, ...alone];
  const one = (mutant: MutantInfo, index: number): Promise<MutantRow> =>
    proveOne(state, mutant, {
      copyName: `${plan.prefix}${mutant.slug}`,
      folder: join(folder, mutant.slug),
      count: `${String(index + 1)}/${String(mutants.length)}`,
    });
  const rows = [
    ...(await inParallel(beside, plan.parallel, one)),
    ...(await inParallel(alone, 1, (mutant, index) => one(mutant, beside.length + index))),
  ];
  const matrix = buildKillMatrix(rows, clean);
  const file = join(folder, "kill-matrix.json");
  await writeFile(file, `${JSON.stringify(matrix, undefined, 2)}\n`);
  const durationMs = Date.now() - started;
  const { proven, cleanFailures, idleCases } = matrix;
  process.stdout.write(
    plan.json === true
      ? `${JSON.stringify({ proven, cleanFailures, idleCases, mutants: rows.map(({ slug, killed }) => ({ slug, killed })), durationMs, file })}\n`
      : `\n${describeMatrix(matrix)} in ${formatDuration(durationMs)}\n  ${relative(process.cwd(), file)}\n`,
  );
  return matrix;
}

/** A case that runs alone changes what all cases stand on: the mutants it must catch are tried one after another, last. */
async function splitByCompany(
  mutants: readonly MutantInfo[],
): Promise<{ beside: MutantInfo[]; alone: MutantInfo[] }> {
  const { cases } = await loadCatalogue();
  const lonely = new Set(cases.filter(({ meta }) => meta.needs.alone === true).map(({ id }) => id));
  const isAlone = (mutant: MutantInfo): boolean => mutant.caughtBy.some((id) => lonely.has(id));
  return { beside: mutants.filter((one) => !isAlone(one)), alone: mutants.filter(isAlone) };
}

async function proveOne(
  state: DriverPreparation,
  mutant: MutantInfo,
  { copyName, folder, count }: { copyName: string; folder: string; count: string },
): Promise<MutantRow> {
  const { kube } = needCluster(state);
  const { cases } = await loadCatalogue();
  const original = await readDriverProfile(state.profileFile);
  const objects = await readDriverObjects(original.spec.install, state.profileFile);
  const copy = copyDriver(copyName, original, objects);
  const broken = { ...state, profile: copy.profile, copy };
  const started = Date.now();
  print(`▸ ${count} ${mutant.slug}: ${mutant.title}`);
  try {
    await deployPrepared(broken, () => undefined, mutant.slug);
    const asked = [...mutant.caughtBy, ...bystanders(mutant, cases, 1)];
    const row = judgeMutant(mutant, await run(broken, asked, folder, () => undefined));
    const time = formatDuration(Date.now() - started);
    print(
      row.killed ? `✔ ${count} ${mutant.slug} killed in ${time}` : `✖ ${count} ${survival(row)} in ${time}`,
    );
    if (row.falseAlarms.length > 0) print(`  ✖ ${mutant.slug}: false alarm of ${row.falseAlarms.join(", ")}`);
    return row;
  } finally {
    const driver = copy.profile.spec.driver.name;
    // while it is there, the driver is asked to remove its volumes itself
    await reapRuns(kube, driver, { timeout: farewell, signal: state.signal }).catch(() => undefined);
    await removeDriver(kube, driver, copy.objects(objects));
    await releaseRuns(kube, driver);
  }
}

/** Runs work on every item, so many at a time, and gives the results in the items' order. */
async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

async function run(
  state: DriverPreparation,
  cases: readonly string[],
  runDirectory: string,
  onProgress: ReturnType<typeof caseProgress>,
): Promise<CaseResult[]> {
  return runSuites({
    cluster: needCluster(state).cluster.name,
    probeImage: needProbe(state),
    profile: state.profile,
    caseFilter: cases,
    runDirectory,
    kitVersion: await kitVersion(),
    certifyFlags: `--cluster ${state.shape.metadata.name}`,
    onProgress,
    signal: state.signal,
  });
}

function survival(row: MutantRow): string {
  const cells = row.cells.map(({ caseId, verdict, requirement, message }) =>
    [`    ${caseId}: ${verdict}`, requirement, message].filter((part) => part !== undefined).join(": "),
  );
  return `${row.slug} not killed:\n${cells.join("\n")}\n   `;
}

function describeMatrix(matrix: KillMatrix): string {
  const killed = matrix.rows.filter((row) => row.killed).length;
  const parts = [`${String(killed)} of ${String(matrix.rows.length)} mutants killed`];
  if (matrix.cleanFailures.length > 0)
    parts.push(`the good driver did not pass ${matrix.cleanFailures.join(", ")}`);
  if (matrix.idleCases.length > 0) parts.push(`no mutant is killed by ${matrix.idleCases.join(", ")}`);
  const alarms = matrix.rows.filter((row) => row.falseAlarms.length > 0).map((row) => row.slug);
  if (alarms.length > 0) parts.push(`false alarms with ${alarms.join(", ")}`);
  return `${matrix.proven ? "Proven" : "Not proven"}: ${parts.join("; ")}`;
}

function print(line: string): void {
  process.stderr.write(`${line}\n`);
}

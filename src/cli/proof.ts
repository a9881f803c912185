// SPDX-License-Identifier: Apache-2.0
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { loadCatalogue } from "../catalogue/load.ts";
import type { MutantInfo } from "../catalogue/mutant.ts";
import { buildKillMatrix, type KillMatrix, type MutantRow } from "../report/kill-matrix.ts";
import type { CaseResult } from "../report/model.ts";
import { formatDuration } from "../support/duration.ts";
import { KitError } from "../support/errors.ts";
import { inLanes } from "../support/in-lanes.ts";
import { removeAbandonedBerths } from "./abandoned-berths.ts";
import { type BerthedDrivers, readBerthedDrivers } from "./berthed-drivers.ts";
import { Berths } from "./berths.ts";
import { connectStep } from "./connect-step.ts";
import { deployPrepared, type DriverPreparation, driverStep } from "./driver-deployment.ts";
import { needCluster } from "./driver-state.ts";
import { proveMutant } from "./mutant-proof.ts";
import { openDriver } from "./open-driver.ts";
import { clusterSteps } from "./preparation.ts";
import { caseProgress } from "./progress-cases.ts";
import { runFolder } from "./run-folder.ts";
import { runSteps } from "./progress.ts";
import { reapStep } from "./reap-step.ts";
import { certifyAgain } from "./proof-again.ts";
import { runProofCases } from "./run-proof-cases.ts";

/** What to prove, and how. */
export interface ProofPlan {
  readonly mutants: readonly MutantInfo[];
  /** Only some mutants were asked for: only their cases are run with the good driver. */
  readonly partial: boolean;
  /** All cases with the good driver, though not all mutants. */
  readonly allCases: boolean;
  /** Every mutant there is: their drivers are good drivers too, when all cases are run. */
  readonly known: readonly MutantInfo[];
  /** Cases per mutant that have nothing to do with it. */
  readonly bystanders: number;
  /** The good driver is not run. */
  readonly mutantsOnly: boolean;
  /** Mutants tried at once, each in a copy of the driver beside the others. */
  readonly parallel: number;
  /** Put in front of the copies' names. */
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
  const drivers = await readBerthedDrivers(state, plan.known);
  await removeAbandoned(state, plan, drivers);
  const clean = plan.mutantsOnly ? [] : await runGoodDrivers(state, plan, folder);
  const rows = await proveAll(state, plan, { folder, drivers });
  const judged = buildKillMatrix(rows, clean, !plan.partial && !plan.mutantsOnly);
  const matrix = plan.mutantsOnly ? { ...judged, proven: false } : judged;
  const file = join(folder, "kill-matrix.json");
  await writeFile(file, `${JSON.stringify(matrix, undefined, 2)}\n`);
  const durationMs = Date.now() - started;
  const { proven, cleanFailures, idleCases } = matrix;
  process.stdout.write(
    plan.json === true
      ? `${JSON.stringify({ proven, cleanFailures, idleCases, mutants: rows.map(({ slug, killed }) => ({ slug, killed })), durationMs, file })}\n`
      : `\n${describeMatrix(matrix, plan)} in ${formatDuration(durationMs)}\n  ${relative(process.cwd(), file)}\n`,
  );
  return matrix;
}

async function removeAbandoned(
  state: DriverPreparation,
  { known, prefix }: ProofPlan,
  drivers: BerthedDrivers,
): Promise<void> {
  for (const [driver, berthed] of drivers) {
    const own = known.filter((mutant) => mutant.driver === driver).map(({ slug }) => slug);
    const removed = await removeAbandonedBerths(needCluster(state).kube, berthed, prefix, own);
    if (removed.length > 0) print(`  removed what an earlier proof left: ${removed.join(", ")}`);
  }
}

/** Every mutant in a berth: so many at once, then one after another those that need the cluster for themselves. */
async function proveAll(
  state: DriverPreparation,
  plan: ProofPlan,
  { folder, drivers }: { readonly folder: string; readonly drivers: BerthedDrivers },
): Promise<MutantRow[]> {
  const { beside, alone } = await splitByCompany(plan.mutants);
  const total = String(plan.mutants.length);
  const berths = new Berths(state, plan.prefix, print);
  const one = async (mutant: MutantInfo, index: number, lane: number): Promise<MutantRow> => {
    const berthed = drivers.get(mutant.driver);
    if (berthed === undefined) throw new KitError("STEP_ORDER", `${mutant.slug}: its driver was not read`);
    return berths.with(lane, berthed, mutant, (broken) =>
      proveMutant(broken, mutant, {
        folder: join(folder, mutant.slug),
        count: `${String(index + 1)}/${total}`,
        bystanders: plan.bystanders,
        print,
      }),
    );
  };
  try {
    return [
      ...(await inLanes(beside, plan.parallel, one)),
      ...(await inLanes(alone, 1, (mutant, index, lane) => one(mutant, beside.length + index, lane))),
    ];
  } finally {
    await berths.closeAll();
  }
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

/** What the driver without a fault does with the cases, and so does each other driver that has mutants. */
async function runGoodDrivers(
  state: DriverPreparation,
  plan: ProofPlan,
  folder: string,
): Promise<CaseResult[]> {
  const caught = [...new Set(plan.mutants.flatMap((mutant) => mutant.caughtBy))];
  print("The good driver:");
  const progress = caseProgress((line) => print(`  ${line}`));
  const clean = await runProofCases(
    state,
    { cases: plan.allCases ? [] : caught, folder: join(folder, "clean"), rerun: certifyAgain(state) },
    progress,
  );
  const mutants = plan.allCases ? plan.known : plan.mutants;
  for (const driver of new Set(mutants.flatMap((mutant) => mutant.driver ?? []))) {
    print(`The good driver ${driver}, the cases its mutants are for:`);
    const other = { ...state, ...(await openDriver(driver, undefined)) };
    await deployPrepared(other, () => undefined);
    const own = mutants.filter((mutant) => mutant.driver === driver).flatMap(({ caughtBy }) => caughtBy);
    const run = { cases: own, folder: join(folder, `clean-${driver}`), rerun: certifyAgain(other) };
    clean.push(...(await runProofCases(other, run, progress)));
  }
  return clean;
}

function describeMatrix(matrix: KillMatrix, { mutantsOnly }: ProofPlan): string {
  const killed = matrix.rows.filter((row) => row.killed).length;
  const parts = [`${String(killed)} of ${String(matrix.rows.length)} mutants killed`];
  if (mutantsOnly) parts.push("the good driver was left out");
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

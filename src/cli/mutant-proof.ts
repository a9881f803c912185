// SPDX-License-Identifier: Apache-2.0
import { bystanders } from "../catalogue/bystanders.ts";
import { loadCatalogue } from "../catalogue/load.ts";
import type { MutantInfo } from "../catalogue/mutant.ts";
import { copyDriver } from "../driver/driver-copy.ts";
import { readDriverProfile } from "../driver/profile.ts";
import { readDriverObjects } from "../driver/read-objects.ts";
import { removeDriver } from "../driver/remove-driver.ts";
import { reapRuns } from "../kube/reap.ts";
import { releaseRuns } from "../kube/release.ts";
import { judgeMutant, type MutantRow } from "../report/kill-matrix.ts";
import { formatDuration } from "../support/duration.ts";
import { deployPrepared, type DriverPreparation } from "./driver-deployment.ts";
import { needCluster } from "./driver-state.ts";
import { resolveProfile } from "./resolve-profile.ts";
import { runProofCases } from "./run-proof-cases.ts";

/** Milliseconds for a mutant to remove what cases left, before it is removed itself. */
const farewell = 15_000;

/** Where and under which name one mutant is proven. */
export interface MutantRun {
  readonly copyName: string;
  /** Folder of its results. */
  readonly folder: string;
  /** Its place among the others, for progress. */
  readonly count: string;
  /** Cases to run that have nothing to do with it. */
  readonly bystanders: number;
  readonly print: (line: string) => void;
}

/** Deploys a mutant beside the other drivers, runs the cases that must catch it and one that must not, and removes it. */
export async function proveMutant(
  state: DriverPreparation,
  mutant: MutantInfo,
  { copyName, folder, count, bystanders: strangers, print }: MutantRun,
): Promise<MutantRow> {
  const { kube } = needCluster(state);
  const { cases } = await loadCatalogue();
  const profileFile = mutant.driver === undefined ? state.profileFile : await resolveProfile(mutant.driver);
  const original = await readDriverProfile(profileFile);
  const objects = await readDriverObjects(original.spec.install, profileFile);
  const copy = copyDriver(copyName, original, objects);
  const broken = { ...state, profile: copy.profile, profileFile, copy };
  const started = Date.now();
  print(`▸ ${count} ${mutant.slug}: ${mutant.title}`);
  try {
    await deployPrepared(broken, () => undefined, mutant.slug);
    const asked = [...mutant.caughtBy, ...bystanders(mutant, cases, strangers)];
    const row = judgeMutant(mutant, await runProofCases(broken, asked, folder));
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

function survival(row: MutantRow): string {
  const cells = row.cells.map(({ caseId, verdict, requirement, message }) =>
    [`    ${caseId}: ${verdict}`, requirement, message].filter((part) => part !== undefined).join(": "),
  );
  return `${row.slug} not killed:\n${cells.join("\n")}\n   `;
}

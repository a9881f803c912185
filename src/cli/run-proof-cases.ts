// SPDX-License-Identifier: Apache-2.0
import { runSuites, type SuiteEvent } from "../harness/run.ts";
import type { CaseResult } from "../report/model.ts";
import type { DriverPreparation } from "./driver-deployment.ts";
import { needCluster, needProbe } from "./driver-state.ts";
import { kitVersion } from "./kit-version.ts";

/** Which cases of a proof run. */
export interface ProofCases {
  readonly cases: readonly string[];
  readonly folder: string;
  /** Command that runs one of them again; `{case}` in it stands for its id. */
  readonly rerun: string;
}

/** Runs cases against a driver that is deployed. */
export async function runProofCases(
  state: DriverPreparation,
  { cases, folder, rerun }: ProofCases,
  onProgress: (event: SuiteEvent) => void = () => undefined,
): Promise<CaseResult[]> {
  return runSuites({
    cluster: needCluster(state).cluster.name,
    probeImage: needProbe(state),
    profile: state.profile,
    caseFilter: cases,
    runDirectory: folder,
    kitVersion: await kitVersion(),
    rerun,
    onProgress,
    signal: state.signal,
  });
}

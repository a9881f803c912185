// SPDX-License-Identifier: Apache-2.0
import { runSuites, type SuiteEvent } from "../harness/run.ts";
import type { CaseResult } from "../report/model.ts";
import type { DriverPreparation } from "./driver-deployment.ts";
import { needCluster, needProbe } from "./driver-state.ts";
import { kitVersion } from "./kit-version.ts";

/** Runs cases against a driver that is deployed. */
export async function runProofCases(
  state: DriverPreparation,
  cases: readonly string[],
  runDirectory: string,
  onProgress: (event: SuiteEvent) => void = () => undefined,
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

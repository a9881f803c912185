// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { announce } from "../driver/announce.ts";
import { findLoss } from "../harness/run.ts";
import { buildReport } from "../report/build-report.ts";
import { tabulatePromises } from "../report/feature-rows.ts";
import type { ConformanceReport } from "../report/model.ts";
import type { CertificationRequest } from "./certification-request.ts";
import { describeRun } from "./describe-run.ts";
import { type DriverState, needCluster, needProbe } from "./driver-state.ts";
import { findEnvironment } from "./find-environment.ts";
import { kitCommit } from "./kit-commit.ts";
import { kitVersion } from "./kit-version.ts";
import { printOutcome, printOutcomeLine } from "./print-outcome.ts";
import { runCases } from "./run-cases.ts";
import { runFolder } from "./run-folder.ts";
import { signReport } from "./sign-report.ts";
import { writeReportFiles } from "./write-report-files.ts";

/** From nothing to a written report. @param prepare brings cluster and driver up, whichever way */
export async function certify(
  state: DriverState,
  prepare: () => Promise<unknown>,
  request: CertificationRequest,
): Promise<ConformanceReport> {
  const started = Date.now();
  await prepare();
  const { cluster, kube } = needCluster(state);
  const { profile } = state;
  const runDirectory = resolve(request.out ?? runFolder(started, profile.metadata.name));
  await mkdir(runDirectory, { recursive: true, mode: 0o750 });
  const print = (line: string): void => void process.stderr.write(`  ${line}\n`);
  // its sockets are files of a node
  const announced = cluster.canReachNodes
    ? await announce(kube, profile, needProbe(state), state.signal)
    : undefined;
  // beforehand: afterwards the cluster may not be there any more
  const found = await findEnvironment({ cluster, kube, facts: state.facts, profile });
  const kit = { version: await kitVersion(), commit: request.commit ?? (await kitCommit()) };
  const { cases, shards } = await runCases(state, request, { kit, runDirectory, print });
  const time = { startedAt: new Date(started).toISOString(), durationMs: Date.now() - started };
  const report = buildReport({
    kit: { ...kit, catalogueHash: request.catalogueHash },
    ...found,
    run: describeRun(request, time, shards),
    cases,
    promises: tabulatePromises({ claimed: profile.spec.features, announced }),
  });
  const files = await writeReportFiles(report, runDirectory, request.sealing);
  (request.json === true ? printOutcomeLine : printOutcome)(report, files);
  if (request.sealing.signKeyless === true) await signReport(runDirectory);
  const loss = findLoss(cases);
  if (loss !== undefined) process.stderr.write(describeLoss(loss));
  return report;
}

function describeLoss(loss: string): string {
  return (
    `seaworthy: ${loss}\n  Hint: what the run had in the cluster, namespaces and nodes closed to new pods, the next run ` +
    "against this driver removes and opens; `seaworthy gc` removes what is on this host and its node agents\n"
  );
}

// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { Shard } from "../catalogue/shard.ts";
import { announce } from "../driver/announce.ts";
import { findLoss, runSuites } from "../harness/run.ts";
import { buildReport } from "../report/build-report.ts";
import { tabulatePromises } from "../report/feature-rows.ts";
import type { ConformanceReport, RunInfo } from "../report/model.ts";
import { type DriverState, needCluster, needProbe } from "./driver-state.ts";
import { findEnvironment } from "./find-environment.ts";
import { kitCommit } from "./kit-commit.ts";
import { kitVersion } from "./kit-version.ts";
import { caseProgress } from "./progress-cases.ts";
import { printOutcome, printOutcomeLine } from "./print-outcome.ts";
import { runFolder } from "./run-folder.ts";
import { signReport } from "./sign-report.ts";
import { type Sealing, writeReportFiles } from "./write-report-files.ts";

/** How much of the catalogue a certification is about; all of it when empty. */
export interface CertificationScope {
  readonly selection?: NonNullable<RunInfo["selection"]>;
  /** `planned`: cases of all shards together. */
  readonly shard?: Shard & { readonly planned: number };
}

/** What one certification was asked to do. */
export interface CertificationRequest {
  readonly catalogueHash: string;
  /** What is to run. */
  readonly caseIds: readonly string[];
  readonly scope: CertificationScope;
  /** Flags that ask for the same driver and cluster, for the report. */
  readonly certifyFlags: string;
  readonly sealing: Sealing;
  /** Print the outcome for a program. */
  readonly json?: boolean;
  /** Folder of the report. */
  readonly out?: string;
}

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
  const version = await kitVersion();
  // beforehand: afterwards the cluster may not be there any more
  const found = await findEnvironment({ cluster, kube, facts: state.facts, profile });
  const cases = await runSuites({
    cluster: cluster.name,
    probeImage: needProbe(state),
    profile,
    caseFilter: request.caseIds,
    runDirectory,
    kitVersion: version,
    rerun: `seaworthy certify --case {case} ${request.certifyFlags} --keep`,
    onProgress: caseProgress(print),
    signal: state.signal,
  });
  const { selection, shard } = request.scope;
  const time = { startedAt: new Date(started).toISOString(), durationMs: Date.now() - started };
  const report = buildReport({
    kit: { version, commit: await kitCommit(), catalogueHash: request.catalogueHash },
    ...found,
    run: {
      ...time,
      reproduce: `seaworthy certify ${request.certifyFlags}${scopeFlags(request.scope)}`,
      ...(selection === undefined ? {} : { selection }),
      ...(shard === undefined
        ? {}
        : {
            shards: { of: shard.of, planned: shard.planned, ran: [{ index: shard.index, ...time }] },
          }),
    },
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

function scopeFlags({ selection, shard }: CertificationScope): string {
  return [
    ...(selection?.cases ?? []).map((name) => ` --case ${name}`),
    ...(selection?.features ?? []).map((name) => ` --feature ${name}`),
    ...(shard === undefined ? [] : [` --shard ${String(shard.index)}/${String(shard.of)}`]),
  ].join("");
}

// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { announce } from "../driver/announce.ts";
import { runSuites } from "../harness/run.ts";
import { buildReport } from "../report/build-report.ts";
import { tabulatePromises } from "../report/feature-rows.ts";
import type { ConformanceReport } from "../report/model.ts";
import { formatDuration } from "../support/duration.ts";
import { exec } from "../support/exec.ts";
import { packageRoot } from "../support/paths.ts";
import { connectStep } from "./connect-step.ts";
import { type DriverPreparation, driverStep, needCluster, needProbe } from "./driver-deployment.ts";
import { findEnvironment } from "./find-environment.ts";
import { kitVersion } from "./kit-version.ts";
import { clusterSteps, need } from "./preparation.ts";
import { caseProgress } from "./progress-cases.ts";
import { runFolder } from "./run-folder.ts";
import { runSteps } from "./progress.ts";
import { reapStep } from "./reap-step.ts";
import { type Sealing, writeReportFiles } from "./write-report-files.ts";

/** What one certification was asked to do. */
export interface CertificationRequest {
  readonly catalogueHash: string;
  /** Case ids or areas; empty for all. */
  readonly cases: readonly string[];
  readonly features: readonly string[];
  /** Flags that ask for the same driver and cluster, for the report. */
  readonly certifyFlags: string;
  readonly sealing: Sealing;
  /** Folder of the report. */
  readonly out?: string;
}

/** From nothing to a written report. */
export async function certify(
  state: DriverPreparation,
  request: CertificationRequest,
): Promise<ConformanceReport> {
  const started = Date.now();
  await runSteps([...clusterSteps, connectStep, driverStep, reapStep], state);
  const { cluster, kube } = needCluster(state);
  const { profile } = state;
  const runDirectory = resolve(request.out ?? runFolder(started, profile.metadata.name));
  await mkdir(runDirectory, { recursive: true, mode: 0o750 });
  const print = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const announced = await announce(kube, profile, needProbe(state), state.signal);
  const version = await kitVersion();
  const cases = await runSuites({
    cluster: cluster.name,
    probeImage: needProbe(state),
    profile,
    caseFilter: request.cases,
    featureFilter: request.features,
    runDirectory,
    kitVersion: version,
    certifyFlags: request.certifyFlags,
    onProgress: caseProgress(print),
    signal: state.signal,
  });
  const selected = request.cases.length + request.features.length > 0;
  const report = buildReport({
    kit: { version, commit: await commit(), catalogueHash: request.catalogueHash },
    ...(await findEnvironment({ cluster, kube, facts: need(state).facts, profile })),
    run: {
      startedAt: new Date(started).toISOString(),
      durationMs: Date.now() - started,
      reproduce: `seaworthy certify ${request.certifyFlags}`,
      ...(selected ? { selection: { cases: [...request.cases], features: [...request.features] } } : {}),
    },
    cases,
    promises: tabulatePromises({ claimed: profile.spec.features, announced }),
  });
  const files = await writeReportFiles(report, runDirectory, request.sealing);
  process.stdout.write(
    `\n${report.verdict.sentence}\n${summary(report)} in ${formatDuration(Date.now() - started)}\n`,
  );
  process.stdout.write(files.map((file) => `  ${relative(process.cwd(), file)}\n`).join(""));
  return report;
}

function summary(report: ConformanceReport): string {
  const count = (outcome: string): number => report.cases.filter((one) => one.outcome === outcome).length;
  const parts = ["passed", "failed", "error", "skipped"].map(
    (outcome) => `${String(count(outcome))} ${outcome}`,
  );
  return parts.join(", ");
}

async function commit(): Promise<string> {
  const answer = await exec(["git", "-C", packageRoot, "rev-parse", "HEAD"], { allowFailure: true });
  return answer.exitCode === 0 ? answer.stdout.trim() : "unknown";
}

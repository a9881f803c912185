// SPDX-License-Identifier: Apache-2.0
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readSanityResults, type SpecResult } from "../../reference-driver/test/sanity-results.ts";
import type { DriverProfile } from "../../src/driver/profile.ts";
import { exec } from "../../src/support/exec.ts";
import type { UpstreamPrograms } from "./build-upstream.ts";
import { specTitle } from "./spec-title.ts";
import { testDriverOf } from "./test-driver-of.ts";

/** Where upstream's tests run. */
interface SpecRun {
  readonly programs: UpstreamPrograms;
  readonly kubeconfig: string;
  /** For its log and results; it exists. */
  readonly folder: string;
  readonly profile: DriverProfile;
  /** Which tests, as a regular expression. */
  readonly focus: string;
  /** End at the first test that fails. */
  readonly failFast: boolean;
  /** Milliseconds after which the whole run is given up; there is no verdict then. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** Runs upstream's external storage tests against a driver that is in the cluster; those that it skips are left out. */
export async function runSpecs(run: SpecRun): Promise<SpecResult[]> {
  const { programs, folder, profile, focus, signal } = run;
  const definition = join(folder, "testdriver.json");
  const junit = join(folder, "junit.xml");
  await writeFile(definition, JSON.stringify(testDriverOf(profile), undefined, 2));
  // not ended with us: a terminal's Ctrl-C reaches it too, and it removes what it made
  const ended = await exec(
    [
      programs.e2e,
      `--storage.testdriver=${definition}`,
      `--kubeconfig=${run.kubeconfig}`,
      `--kubectl-path=${programs.kubectl}`,
      "--provider=skeleton",
      "--dump-logs-on-failure=false",
      `--ginkgo.focus=External.Storage.*(${focus})`,
      `--ginkgo.junit-report=${junit}`,
      "--ginkgo.no-color",
      ...(run.failFast ? ["--ginkgo.fail-fast"] : []),
      "--ginkgo.timeout=1h",
    ],
    { cwd: folder, timeout: run.patience, allowFailure: true },
  );
  await writeFile(join(folder, "log.txt"), `${ended.stdout}\n${ended.stderr}`);
  signal.throwIfAborted();
  if (ended.exitCode !== 0 && ended.exitCode !== 1)
    throw new Error(`e2e.test ended with ${String(ended.exitCode)}: ${ended.stderr.slice(-2000)}`);
  const specs = await readSanityResults(junit);
  return specs
    .filter(({ status }) => status === "passed" || status === "failed")
    .map((spec) => ({ ...spec, name: specTitle(spec.name) }));
}

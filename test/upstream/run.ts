// SPDX-License-Identifier: Apache-2.0
// Runs Kubernetes' own external storage tests against a copy of the reference driver and against broken copies of it, on a
// cluster that stays up, and keeps what they found in reports/peers/upstream-e2e.json, from which `npm run generate` makes
// docs/comparison.md. `--mutant <slug>`, again and again, says which; `--focus <regular expression>`, again and again, takes other tests than
// those beside the cases that must catch it; `--mutants-only` leaves the good driver out, when it is on record.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { SpecResult } from "../../reference-driver/test/sanity-results.ts";
import type { MutantInfo } from "../../src/catalogue/mutant.ts";
import { removeAbandonedBerths } from "../../src/cli/abandoned-berths.ts";
import { readBerthedDrivers } from "../../src/cli/berthed-drivers.ts";
import { Berths } from "../../src/cli/berths.ts";
import { connectStep } from "../../src/cli/connect-step.ts";
import { type DriverPreparation, driverStep } from "../../src/cli/driver-deployment.ts";
import { needCluster } from "../../src/cli/driver-state.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { openDriver } from "../../src/cli/open-driver.ts";
import { clusterSteps, need } from "../../src/cli/preparation.ts";
import { runSteps } from "../../src/cli/progress.ts";
import { runFolder } from "../../src/cli/run-folder.ts";
import { readShape } from "../../src/cluster/shape.ts";
import { loadMutants } from "../../src/driver/load-mutants.ts";
import { inLanes } from "../../src/support/in-lanes.ts";
import { buildUpstream } from "./build-upstream.ts";
import { loadUpstreamImage } from "./load-upstream-image.ts";
import { runSpecs } from "./run-specs.ts";
import { specsOf } from "./specs-of.ts";
import { keepFound, keepGood } from "./upstream-results.ts";

const { values } = parseArgs({
  options: {
    mutant: { type: "string", multiple: true, default: [] },
    focus: { type: "string", multiple: true },
    "mutants-only": { type: "boolean", default: false },
    cluster: { type: "string", default: "three-zones" },
    copy: { type: "string", default: "e2e" },
    parallel: { type: "string", default: "2" },
    minutes: { type: "string", default: "30" },
  },
});
const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const)
  process.once(name, () => stop.abort(new Error("interrupted")));
const programs = await buildUpstream(say);
const opened = await openDriver("reference", values.copy);
const known = await loadMutants(opened.profile, opened.profileFile);
const mutants = values.mutant.map((slug) => {
  const found = known.find((one) => one.slug === slug);
  if (found === undefined) throw new Error(`--mutant ${slug}: no such mutant`);
  return found;
});
const state: DriverPreparation = {
  shape: await readShape(values.cluster),
  consent: true,
  ...opened,
  signal: stop.signal,
};
const folder = runFolder(Date.now(), "upstream");
try {
  await runSteps([...clusterSteps, connectStep, driverStep], state);
  await loadUpstreamImage(needCluster(state).cluster, need(state).images.base, programs.agnhost);
  if (!values["mutants-only"]) await tryGood();
  await tryMutants();
} catch (thrown) {
  if (!stop.signal.aborted) throw thrown;
  say("interrupted: what ran is no verdict, and its copies of the driver are removed");
  process.exitCode = exitCodes.interrupted;
}

function fociOf(mutant: MutantInfo): readonly string[] {
  return values.focus ?? specsOf(mutant);
}

async function tryGood(): Promise<void> {
  const all = mutants.length === 0 ? known : mutants;
  const foci = [...new Set(all.flatMap(fociOf))];
  await inLanes(foci, Number(values.parallel), async (focus, index) => {
    keepGood(await against(state, focus, `good-${String(index + 1)}`));
  });
}

async function tryMutants(): Promise<void> {
  const { kube } = needCluster(state);
  const drivers = await readBerthedDrivers(state, known);
  const prefix = `${values.copy}-`;
  for (const [name, driver] of drivers) {
    const slugs = known.filter((mutant) => mutant.driver === name).map(({ slug }) => slug);
    await removeAbandonedBerths(kube, driver, prefix, slugs);
  }
  const berths = new Berths(state, prefix, say);
  try {
    await inLanes(mutants, Number(values.parallel), async (mutant, _index, lane) => {
      const driver = drivers.get(mutant.driver);
      if (driver === undefined) throw new Error(`${mutant.slug}: its driver was not read`);
      await berths.with(lane, driver, mutant, (broken) => tryMutant(mutant, broken));
    });
  } finally {
    await berths.closeAll();
  }
}

async function tryMutant(mutant: MutantInfo, broken: DriverPreparation): Promise<void> {
  keepFound(mutant.slug, await against(broken, fociOf(mutant).join("|"), mutant.slug));
}

async function against(target: DriverPreparation, focus: string, name: string): Promise<SpecResult[]> {
  stop.signal.throwIfAborted();
  const own = join(folder, name);
  await mkdir(own, { recursive: true });
  const { kubeconfig } = needCluster(target).cluster;
  const patience = Number(values.minutes) * 60_000;
  const { profile, signal } = target;
  const failFast = target !== state;
  const specs = await runSpecs({
    programs,
    kubeconfig,
    folder: own,
    profile,
    focus,
    failFast,
    patience,
    signal,
  });
  for (const spec of specs) say(`${name}: ${spec.status} in ${spec.seconds.toFixed(0)} s: ${spec.name}`);
  return specs;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

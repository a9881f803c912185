// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { loadCatalogue } from "../../catalogue/load.ts";
import { selectCases } from "../../catalogue/select.ts";
import { parseShard, selectShard } from "../../catalogue/shard.ts";
import { readShape } from "../../cluster/shape.ts";
import { certify } from "../certification.ts";
import type { CertificationScope } from "../certification-request.ts";
import { expectNoEarlierRun } from "../report-folder.ts";
import { findArchives } from "../../driver/image-archives.ts";
import { readSealing } from "../sealing.ts";
import { exitCodeOfVerdict } from "../exit-codes.ts";
import type { Interrupts } from "../interrupts.ts";
import { connectStep } from "../connect-step.ts";
import { type DriverPreparation, driverStep, kitImageStep } from "../driver-deployment.ts";
import { clusterFlags } from "../cluster-flags.ts";
import { asInstalled, isJoining, type JoinOptions, leave, prepareJoined } from "../joining.ts";
import { clusterSteps, removeCreated } from "../preparation.ts";
import { runSteps } from "../progress.ts";
import { reapStep } from "../reap-step.ts";
import { openDriver, type OpenedDriver } from "../open-driver.ts";
import { isUnattended } from "../unattended.ts";
import { readWorkers, workerFlags, type WorkerOptions } from "../in-cluster/worker-options.ts";
import { leaveWorkers } from "../in-cluster/leave-workers.ts";
import { repeatable } from "../repeatable.ts";

interface CertifyOptions extends WorkerOptions, JoinOptions {
  readonly driver: string;
  readonly cluster: string;
  readonly case: readonly string[];
  readonly feature: readonly string[];
  readonly copy?: string;
  readonly out?: string;
  readonly signKey?: string;
  readonly signKeyless?: boolean;
  readonly killMatrix?: string;
  readonly json?: boolean;
  readonly keep?: boolean;
  readonly yes?: boolean;
}

export function certifyCommand(interrupts: Interrupts): Command {
  return new Command("certify")
    .description(
      "Certify a driver: bring up the cluster, deploy the driver, run the suites, write the report, take the cluster down.",
    )
    .option(
      "--driver <profile>",
      "name of a driver under fixtures/drivers, or path of a profile",
      "reference",
    )
    .option("--cluster <shape>", "name of a cluster shape, or path of a YAML file", "three-zones")
    .option("--kubeconfig <file>", "a cluster that exists, instead of one the kit makes")
    .option("--context <name>", "context of the kubeconfig (default: its current one)")
    .option("--probe-image <image>", "the kit's image, as the nodes of that cluster can get it")
    .option("--allow-node-agent", "let the kit run a privileged pod on each node of that cluster")
    .option("--installed", "install nothing: the driver is in that cluster already, as its profile says")
    .option("--in-cluster", "run the cases in pods of the cluster, as an Indexed Job")
    .option("--workers <n>", "how many of these pods run beside each other (default: 2)")
    .option("--kit-image <image>", "image of the whole kit for these pods, as the nodes can get it")
    .option("--case <id>", "only this case or area; may be repeated", repeatable, [])
    .option("--feature <name>", "only cases about this feature; may be repeated", repeatable, [])
    .option("--shard <i/n>", "only the i-th of n parts of equal cost; `report merge` joins them", parseShard)
    .option("--copy <name>", "deploy the driver as a copy of this name, beside others in the same cluster")
    .option("--out <folder>", "where the report goes (default: reports/runs/<time>-<driver>)")
    .option("--sign-key <file>", "sign the attestation with this private key (PEM; Ed25519 or ECDSA P-256)")
    .option(
      "--sign-keyless",
      "sign the attestation as the identity that the CI vouches for, through Sigstore",
    )
    .option(
      "--kill-matrix <file>",
      "put this proof of the catalogue beside the report and name it in the attestation",
    )
    .option("--json", "print the outcome as one line of JSON")
    .option("--keep", "leave the cluster up afterwards")
    .option("--yes", "install missing packages without asking")
    .addHelpText("after", examples)
    .action((options: CertifyOptions) => run(options, interrupts));
}

const examples = `
Examples:
  seaworthy certify --shard 2/3 --out shard-2                      the second third of the catalogue, on a machine of its own
  seaworthy certify --driver ./profile.yaml --kubeconfig ./seaworthy.conf --installed --probe-image registry.example.com/probe:1
  seaworthy certify --driver ./profile.yaml --sign-keyless         in CI: sign as the workflow that runs; nothing to keep secret
  seaworthy certify --in-cluster --workers 3                       the cases in pods of the cluster, three beside each other
  seaworthy certify --driver ./profile.yaml --kubeconfig ./seaworthy.conf --installed --in-cluster --kit-image registry.example.com/kit:1
  seaworthy certify --keep                                         leave the cluster up, so that the next run starts at once
  seaworthy certify --case snapshot                                all cases of one area
  seaworthy certify --case placement/disk-follows-pod --keep       one case, again and again`;

async function run(options: CertifyOptions, interrupts: Interrupts): Promise<void> {
  // everything a user can get wrong is read before anything is made
  const joining = isJoining(options);
  const driver = await readDriver(options);
  const shape = await readShape(options.cluster);
  const catalogue = await loadCatalogue();
  const selected = selectCases(catalogue.cases, { cases: options.case, features: options.feature });
  const workers = readWorkers(options);
  const cases = options.shard === undefined ? selected : selectShard(selected, options.shard);
  const sealing = await readSealing(options);
  if (options.out !== undefined) await expectNoEarlierRun(options.out);

  const consent = options.yes === true || isUnattended();
  const state: DriverPreparation = { shape, consent, ...driver, signal: interrupts.signal };
  const cleanUp = async (): Promise<void> => {
    const stays = options.keep === true || state.created !== true;
    if (workers !== undefined && stays) await leaveWorkers(state);
    if (joining) await leave(state);
    else if (options.keep !== true) await removeCreated(state, () => undefined);
  };
  if (options.kitImage !== undefined) state.kitImage = options.kitImage;
  const kitSteps = workers === undefined || options.kitImage !== undefined ? [] : [kitImageStep];
  const prepare = (): Promise<unknown> =>
    joining
      ? prepareJoined(state, { ...options, probeImage: options.probeImage ?? options.kitImage })
      : runSteps([...clusterSteps, connectStep, driverStep, reapStep, ...kitSteps], state);
  interrupts.onInterrupt(cleanUp);
  try {
    const report = await certify(state, prepare, {
      catalogueHash: catalogue.hash,
      caseIds: cases.map(({ id }) => id),
      scope: scopeOf(options, selected.length),
      sealing,
      ...(workers === undefined
        ? {}
        : { inCluster: { workers, cases, flags: workerFlags(options, workers) } }),
      json: options.json === true,
      certifyFlags: [
        `--driver ${options.driver} ${clusterFlags(options)}`,
        ...(options.copy === undefined ? [] : [`--copy ${options.copy}`]),
      ].join(" "),
      ...(options.out === undefined ? {} : { out: options.out }),
    });
    process.exitCode = exitCodeOfVerdict(report.verdict);
  } finally {
    if (!interrupts.happened) await cleanUp();
  }
}

/** The driver as it is to be certified: with its archives, or as it is in the cluster already. */
async function readDriver(options: CertifyOptions): Promise<OpenedDriver> {
  const opened = await openDriver(options.driver, options.copy);
  if (options.kubeconfig === undefined) await findArchives(opened.profile, opened.profileFile);
  return options.installed === true ? { ...opened, profile: asInstalled(opened.profile) } : opened;
}

/** How much of the catalogue was asked for, as the report says it. */
function scopeOf(options: CertifyOptions, planned: number): CertificationScope {
  const { case: cases, feature: features, shard } = options;
  return {
    ...(cases.length + features.length > 0
      ? { selection: { cases: [...cases], features: [...features] } }
      : {}),
    ...(shard === undefined ? {} : { shard: { ...shard, planned } }),
  };
}

// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { loadCatalogue } from "../../catalogue/load.ts";
import { selectCases } from "../../catalogue/select.ts";
import { parseShard, selectShard, type Shard } from "../../catalogue/shard.ts";
import { readShape } from "../../cluster/shape.ts";
import { type CertificationScope, certify } from "../certification.ts";
import { expectNoEarlierRun } from "../report-folder.ts";
import { findArchives } from "../../driver/image-archives.ts";
import { readSealing } from "../sealing.ts";
import { exitCodeOfVerdict } from "../exit-codes.ts";
import type { Interrupts } from "../interrupts.ts";
import { connectStep } from "../connect-step.ts";
import { type DriverPreparation, driverStep } from "../driver-deployment.ts";
import { asInstalled, isJoining, leave, prepareJoined } from "../joining.ts";
import { clusterSteps, removeCreated } from "../preparation.ts";
import { runSteps } from "../progress.ts";
import { reapStep } from "../reap-step.ts";
import { openDriver } from "../open-driver.ts";
import { isUnattended } from "../unattended.ts";
import { repeatable } from "../repeatable.ts";

interface CertifyOptions {
  readonly driver: string;
  readonly cluster: string;
  readonly case: readonly string[];
  readonly feature: readonly string[];
  readonly shard?: Shard;
  readonly copy?: string;
  readonly out?: string;
  readonly signKey?: string;
  readonly signKeyless?: boolean;
  readonly killMatrix?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly probeImage?: string;
  readonly allowNodeAgent?: boolean;
  readonly installed?: boolean;
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
  seaworthy certify --keep                                         leave the cluster up, so that the next run starts at once
  seaworthy certify --case snapshot                                all cases of one area
  seaworthy certify --case placement/disk-follows-pod --keep       one case, again and again`;

async function run(options: CertifyOptions, interrupts: Interrupts): Promise<void> {
  // everything a user can get wrong is read before anything is made
  const opened = await openDriver(options.driver, options.copy);
  const joining = isJoining(options);
  const driver = options.installed === true ? { ...opened, profile: asInstalled(opened.profile) } : opened;
  if (!joining) await findArchives(driver.profile, driver.profileFile);
  const shape = await readShape(options.cluster);
  const catalogue = await loadCatalogue();
  const selected = selectCases(catalogue.cases, { cases: options.case, features: options.feature });
  const cases = options.shard === undefined ? selected : selectShard(selected, options.shard);
  const sealing = await readSealing(options);
  if (options.out !== undefined) await expectNoEarlierRun(options.out);

  const consent = options.yes === true || isUnattended();
  const state: DriverPreparation = { shape, consent, ...driver, signal: interrupts.signal };
  const cleanUp = (): Promise<void> =>
    joining
      ? leave(state)
      : options.keep === true
        ? Promise.resolve()
        : removeCreated(state, () => undefined);
  const prepare = (): Promise<unknown> =>
    joining
      ? prepareJoined(state, options)
      : runSteps([...clusterSteps, connectStep, driverStep, reapStep], state);
  interrupts.onInterrupt(cleanUp);
  try {
    const report = await certify(state, prepare, {
      catalogueHash: catalogue.hash,
      caseIds: cases.map(({ id }) => id),
      scope: scopeOf(options, selected.length),
      sealing,
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

/** Which cluster was asked for; the kubeconfig's path is the reader's own business. */
function clusterFlags({ cluster, kubeconfig, ...options }: CertifyOptions): string {
  if (kubeconfig === undefined) return `--cluster ${cluster}`;
  const agent = options.allowNodeAgent === true ? " --allow-node-agent" : "";
  const installed = options.installed === true ? " --installed" : "";
  return `--kubeconfig <file> --probe-image ${options.probeImage ?? "<image>"}${agent}${installed}`;
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

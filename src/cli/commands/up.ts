// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { readShape } from "../../cluster/shape.ts";
import { connectStep } from "../connect-step.ts";
import { type DriverPreparation, driverStep } from "../driver-deployment.ts";
import type { Interrupts } from "../interrupts.ts";
import { clusterSteps, type Preparation, removeCreated } from "../preparation.ts";
import { openDriver } from "../open-driver.ts";
import { runSteps } from "../progress.ts";
import { isUnattended } from "../unattended.ts";

interface UpOptions {
  readonly cluster: string;
  readonly driver: string | false;
  readonly copy?: string;
  readonly yes?: boolean;
}

const examples = `
Examples:
  seaworthy up                                       the reference driver on three zones
  seaworthy up --cluster one-zone --driver ./p.yaml  a driver of yours on a small cluster
  seaworthy up --cluster racks --no-driver           a cluster alone`;

export function upCommand(interrupts: Interrupts): Command {
  return new Command("up")
    .description(
      "Bring up a cluster with its pools and a driver, and leave it up. What is up already is used; only what changed is redone.",
    )
    .option("--cluster <shape>", "name of a cluster shape, or path of a YAML file", "three-zones")
    .option(
      "--driver <profile>",
      "name of a driver under fixtures/drivers, or path of a profile",
      "reference",
    )
    .option("--no-driver", "bring up the cluster only")
    .option("--copy <name>", "deploy the driver as a copy of this name, beside others in the same cluster")
    .option("--yes", "install missing packages without asking")
    .addHelpText("after", examples)
    .action((options: UpOptions) => up(options, interrupts));
}

async function up(options: UpOptions, interrupts: Interrupts): Promise<void> {
  const shape = await readShape(options.cluster);
  const consent = options.yes === true || isUnattended();
  const base: Preparation = { shape, consent };
  interrupts.onInterrupt(() => removeCreated(base, () => undefined));
  if (options.driver === false) {
    await guarded(base, () => runSteps(clusterSteps, base));
  } else {
    const state: DriverPreparation = Object.assign(base, {
      ...(await openDriver(options.driver, options.copy)),
      signal: interrupts.signal,
    });
    await guarded(base, () => runSteps([...clusterSteps, connectStep, driverStep], state));
  }
  process.stdout.write(
    `${shape.metadata.name} is up. Use it with:\n  export KUBECONFIG=${base.cluster?.kubeconfig ?? ""}\n`,
  );
}

/** A bring-up that failed leaves nothing behind; the first error is the one that is told. */
async function guarded(state: Preparation, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    await removeCreated(state, () => undefined);
    throw thrown;
  }
}

// SPDX-License-Identifier: Apache-2.0
import { Command, InvalidArgumentError } from "commander";
import { loadMutants } from "../../driver/load-mutants.ts";
import { readShape } from "../../cluster/shape.ts";
import { KitError } from "../../support/errors.ts";
import { suggest } from "../../support/suggest.ts";
import type { MutantInfo } from "../../catalogue/mutant.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Interrupts } from "../interrupts.ts";
import { removeCreated } from "../preparation.ts";
import { prove } from "../proof.ts";
import { openDriver } from "../open-driver.ts";
import { isUnattended } from "../unattended.ts";
import { repeatable } from "../repeatable.ts";

interface ProveOptions {
  readonly cluster: string;
  readonly mutant: readonly string[];
  readonly parallel: number;
  readonly copy?: string;
  readonly json?: boolean;
  readonly keep?: boolean;
  readonly yes?: boolean;
}

const examples = `
Examples:
  seaworthy prove                                    every mutant, on a new cluster
  seaworthy prove --mutant restores-nothing --keep   one mutant; the cluster stays up
  seaworthy prove --parallel 2                       on a small machine`;

export function proveCommand(interrupts: Interrupts): Command {
  return new Command("prove")
    .description(
      "Prove that every case can fail: deploy each mutant of the reference driver and run the cases that must catch it, then all cases with the good driver.",
    )
    .option("--cluster <shape>", "name of a cluster shape, or path of a YAML file", "three-zones")
    .option("--mutant <slug>", "only this mutant; may be repeated", repeatable, [])
    .option("--parallel <n>", "mutants deployed at once, each as a copy of the driver", positive, 4)
    .option(
      "--copy <name>",
      "use a copy of this name as the good driver; mutants are called after it (default: the driver itself)",
    )
    .option("--json", "print the outcome as one line of JSON")
    .option("--keep", "leave the cluster up afterwards")
    .option("--yes", "install missing packages without asking")
    .addHelpText("after", examples)
    .action((options: ProveOptions) => run(options, interrupts));
}

async function run(options: ProveOptions, interrupts: Interrupts): Promise<void> {
  const driver = await openDriver("reference", options.copy);
  const mutants = selectMutants(await loadMutants(driver.profile, driver.profileFile), options.mutant);
  const shape = await readShape(options.cluster);
  const state = {
    shape,
    consent: options.yes === true || isUnattended(),
    ...driver,
    signal: interrupts.signal,
  };
  const cleanUp = (): Promise<void> =>
    options.keep === true ? Promise.resolve() : removeCreated(state, () => undefined);
  interrupts.onInterrupt(cleanUp);
  try {
    const matrix = await prove(state, {
      mutants,
      partial: options.mutant.length > 0,
      parallel: options.parallel,
      json: options.json === true,
      prefix: options.copy === undefined ? "" : `${options.copy}-`,
    });
    process.exitCode = matrix.proven ? exitCodes.success : exitCodes.driverFailed;
  } finally {
    if (!interrupts.happened) await cleanUp();
  }
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("expected a whole number above 0");
}

function selectMutants(all: readonly MutantInfo[], slugs: readonly string[]): MutantInfo[] {
  const known = all.map((mutant) => mutant.slug);
  for (const slug of slugs) {
    if (known.includes(slug)) continue;
    const near = suggest(slug, known);
    throw new KitError("MUTANT_UNKNOWN", `no mutant is called "${slug}"`, {
      kind: "usage",
      hint: near === undefined ? `there are ${known.join(", ")}` : `did you mean ${near}?`,
    });
  }
  return all.filter((mutant) => slugs.length === 0 || slugs.includes(mutant.slug));
}

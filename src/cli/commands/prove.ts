// SPDX-License-Identifier: Apache-2.0
import { Command, InvalidArgumentError } from "commander";
import { loadMutants } from "../../driver/load-mutants.ts";
import { readShape } from "../../cluster/shape.ts";
import { KitError } from "../../support/errors.ts";
import type { KillMatrix } from "../../report/kill-matrix.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Interrupts } from "../interrupts.ts";
import { chooseMutants } from "../choose-mutants.ts";
import { removeCreated } from "../preparation.ts";
import { prove } from "../proof.ts";
import { openRecord, recordProof } from "../proof-record.ts";
import { openDriver } from "../open-driver.ts";
import { isUnattended } from "../unattended.ts";
import { repeatable } from "../repeatable.ts";

interface ProveOptions {
  readonly cluster: string;
  readonly mutant: readonly string[];
  readonly parallel: number;
  readonly part?: string;
  readonly bystanders: number;
  readonly mutantsOnly?: boolean;
  readonly copy?: string;
  readonly record?: string;
  readonly json?: boolean;
  readonly keep?: boolean;
  readonly yes?: boolean;
}

const examples = `
Examples:
  seaworthy prove                                    every mutant, on a new cluster
  seaworthy prove --mutant restores-nothing --keep   one mutant; the cluster stays up
  seaworthy prove --part today/10                    all cases, and a tenth of the mutants: another one each day
  seaworthy prove --record reports/kill-matrix.json  every mutant, unless that was proven and nothing changed since
  seaworthy prove --parallel 2                       on a small machine`;

export function proveCommand(interrupts: Interrupts): Command {
  return new Command("prove")
    .description(
      "Prove that every case can fail: run all cases with the good driver, then put each mutant into a copy of it and run the cases that must catch it.",
    )
    .option("--cluster <shape>", "name of a cluster shape, or path of a YAML file", "three-zones")
    .option("--mutant <slug>", "only this mutant; may be repeated", repeatable, [])
    .option(
      "--part <i/n>",
      "only every nth mutant, from the ith on, and all cases with the good driver; today/n takes another part each day",
    )
    .option("--bystanders <n>", "cases per mutant that must not fail for another reason", countOf, 1)
    .option("--mutants-only", "leave the good driver out, when it has just passed; proves nothing about it")
    .option("--parallel <n>", "mutants tried at once, each in a copy of the driver", positive, 4)
    .option(
      "--copy <name>",
      "use a copy of this name as the good driver; mutants are called after it (default: the driver itself)",
    )
    .option(
      "--record <file>",
      "the proof on record: of the same cases and mutants, nothing is run; else this one takes its place once all is proven",
    )
    .option("--json", "print the outcome as one line of JSON")
    .option("--keep", "leave the cluster up afterwards")
    .option("--yes", "install missing packages without asking")
    .addHelpText("after", examples)
    .action((options: ProveOptions) => run(options, interrupts));
}

async function run(options: ProveOptions, interrupts: Interrupts): Promise<void> {
  const driver = await openDriver("reference", options.copy);
  expectWhole(options);
  const record = options.record === undefined ? undefined : await openRecord(options.record, driver);
  if (record?.killed !== undefined) return void sayOnRecord(record.file, record.killed, options.json === true);
  const known = await loadMutants(driver.profile, driver.profileFile);
  const mutants = chooseMutants(known, options);
  const shape = await readShape(options.cluster);
  const state = {
    shape,
    consent: options.yes === true || isUnattended(),
    ...driver,
    signal: interrupts.signal,
  };
  const cleanUp = (): Promise<void> =>
    options.keep === true ? Promise.resolve() : removeCreated(state, () => undefined);
  let proving: Promise<KillMatrix> | undefined;
  // On a cluster that stays, the copies of the driver must go; the proof itself removes them.
  interrupts.onInterrupt(async () => {
    if (options.keep === true) await proving?.catch(() => undefined);
    else await cleanUp();
  });
  try {
    proving = prove(state, {
      mutants,
      known,
      partial: options.mutant.length > 0 || options.part !== undefined,
      allCases: options.mutant.length === 0,
      bystanders: options.bystanders,
      mutantsOnly: options.mutantsOnly === true,
      parallel: options.parallel,
      json: options.json === true,
      prefix: options.copy === undefined ? "" : `${options.copy}-`,
    });
    const matrix = await proving;
    if (record !== undefined && matrix.proven) await recordProof(record.file, matrix, record.subject);
    process.exitCode = matrix.proven ? exitCodes.success : exitCodes.driverFailed;
  } finally {
    if (!interrupts.happened) await cleanUp();
  }
}

/** @throws KitError of kind `usage` when less than everything is to go on record */
function expectWhole({ record, mutant, part, mutantsOnly }: ProveOptions): void {
  if (record === undefined || (mutant.length === 0 && part === undefined && mutantsOnly !== true)) return;
  throw new KitError("RECORD_OF_PART", "--record is for a whole proof, and a part of one was asked for", {
    kind: "usage",
    hint: "leave out --mutant, --part and --mutants-only, or --record",
  });
}

function sayOnRecord(file: string, killed: number, json: boolean): void {
  process.stdout.write(
    json
      ? `${JSON.stringify({ proven: true, onRecord: true, mutants: killed, file })}\n`
      : `On record: ${String(killed)} of ${String(killed)} mutants killed; cases and mutants are the same as then\n  ${file}\n`,
  );
}

function countOf(text: string): number {
  return text === "0" ? 0 : positive(text);
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("expected a whole number above 0");
}

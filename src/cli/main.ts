// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { abandonUnfinished } from "../cluster/images/artefact-store.ts";
import { packageRoot } from "../support/paths.ts";
import { certifyCommand } from "./commands/certify.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { downCommand } from "./commands/down.ts";
import { gcCommand } from "./commands/gc.ts";
import { imageCommand } from "./commands/image.ts";
import { listCommand } from "./commands/list.ts";
import { profileCommand } from "./commands/profile.ts";
import { proveCommand } from "./commands/prove.ts";
import { reportCommand } from "./commands/report.ts";
import { upCommand } from "./commands/up.ts";
import { exitCodes } from "./exit-codes.ts";
import { explainError } from "./explain-error.ts";
import { Interrupts } from "./interrupts.ts";

/** Runs one command line and ends the process with its exit code. */
export async function main(args: readonly string[]): Promise<never> {
  const interrupts = new Interrupts();
  try {
    await (await buildProgram(interrupts)).parseAsync(args, { from: "user" });
    await interrupts.settled();
  } catch (thrown) {
    if (thrown instanceof CommanderError) process.exit(thrown.exitCode === 0 ? 0 : exitCodes.usage);
    const explained = interrupts.happened
      ? { text: "", exitCode: exitCodes.interrupted }
      : explainError(thrown);
    await interrupts.settled();
    await abandonUnfinished();
    process.stderr.write(explained.text);
    process.exit(explained.exitCode);
  }
  process.exit(process.exitCode ?? exitCodes.success);
}

async function buildProgram(interrupts: Interrupts): Promise<Command> {
  const { version } = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  const program = new Command("seaworthy")
    .description("Proves that a Kubernetes storage driver is fit to sail.")
    .version(version)
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText("after", examples);
  for (const make of [
    certifyCommand,
    upCommand,
    downCommand,
    proveCommand,
    profileCommand,
    imageCommand,
    reportCommand,
    listCommand,
    doctorCommand,
    gcCommand,
  ]) {
    program.addCommand(make(interrupts).exitOverride());
  }
  return program;
}

const examples = `
Examples:
  seaworthy certify                            certify the reference driver on a new cluster of three zones
  seaworthy certify --driver ./profile.yaml    certify a driver of yours
  seaworthy up --cluster one-zone              bring up a small cluster and leave it up
  seaworthy doctor                             what this machine can do, and what the kit will do about the rest
Exit codes: 0 all passed · 1 the driver failed · 2 the kit, the cluster or this machine failed · 3 bad input · 130 interrupted`;

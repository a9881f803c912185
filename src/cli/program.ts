// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
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
import { completionCommand } from "./commands/completion.ts";
import { workCommand } from "./commands/work.ts";
import { exitCodesText } from "./exit-codes.ts";
import type { Interrupts } from "./interrupts.ts";
import { kitVersion } from "./kit-version.ts";

/** The whole command line: what `--help` shows, what completion offers, and what the documentation is checked against. */
export async function buildProgram(interrupts: Interrupts): Promise<Command> {
  const program = new Command("seaworthy")
    .description("Proves that a Kubernetes storage driver is fit to sail.")
    .version(await kitVersion())
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText("after", examples)
    // of every command below it too
    .addHelpText("afterAll", `\n${exitCodesText}\nDocumentation: docs/start.md`);
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
    completionCommand,
  ]) {
    program.addCommand(make(interrupts).exitOverride());
  }
  program.addCommand(workCommand(interrupts).exitOverride(), { hidden: true });
  return program;
}

const examples = `
Examples:
  seaworthy certify                            certify the reference driver on a new cluster of three zones
  seaworthy certify --driver ./profile.yaml    certify a driver of yours
  seaworthy up --cluster one-zone              bring up a small cluster and leave it up
  seaworthy doctor                             what this machine can do, and what the kit will do about the rest`;

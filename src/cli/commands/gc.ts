// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { collectGarbage } from "../../cluster/take-down.ts";
import { reportRemoval } from "../report-removal.ts";

const examples = `
Examples:
  seaworthy gc    after a crash or kill -9: containers, loop devices, mounts, networks and files of every run`;

export function gcCommand(): Command {
  return new Command("gc")
    .description(
      "Remove everything earlier runs left on this machine: clusters, the kit's engine, half-made builds. The cache stays.",
    )
    .addHelpText("after", examples)
    .action(async () => {
      reportRemoval(await collectGarbage((doing) => process.stderr.write(`  removing ${doing}\n`)));
    });
}

// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { loadCatalogue } from "../../catalogue/load.ts";

const examples = `
Examples:
  seaworthy list                                     every case and what it proves
  seaworthy list --json | jq -r '.[].id'             ids only`;

export function listCommand(): Command {
  return new Command("list")
    .description("List all cases with what they prove; nothing is run.")
    .option("--json", "print the metadata as JSON")
    .addHelpText("after", examples)
    .action(async (options: { json?: boolean }) => {
      const { cases } = await loadCatalogue();
      if (options.json === true) {
        process.stdout.write(
          `${JSON.stringify(
            cases.map(({ id, meta }) => ({ id, ...meta })),
            undefined,
            2,
          )}\n`,
        );
        return;
      }
      for (const { id, meta } of cases) {
        process.stdout.write(
          `${id}\n  ${meta.title}\n  proves ${meta.covers.join(", ")}; needs ${meta.features.join(", ")}\n`,
        );
      }
    });
}

// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { checkProfile, describeCheck } from "../profile-check.ts";
import { resolveProfile } from "../resolve-profile.ts";

const examples = `
Examples:
  seaworthy profile check ./profile.yaml                       what is wrong with it, line by line; else which cases would run
  seaworthy profile check ./profile.yaml --cluster two-zones   the same on another shape
  seaworthy profile check reference --json                     for programs`;

export function profileCheckCommand(): Command {
  return new Command("check")
    .description("Check a profile and all it names, and say which cases would run; touches nothing.")
    .argument("<profile>", "name of a driver under fixtures/drivers, or path of a profile")
    .option("--cluster <shape>", "name of a cluster shape, or path of a YAML file", "three-zones")
    .option("--json", "print what was found as JSON")
    .addHelpText("after", examples)
    .action(async (nameOrPath: string, options: { cluster: string; json?: boolean }) => {
      const check = await checkProfile(await resolveProfile(nameOrPath), options.cluster);
      process.stdout.write(
        options.json === true ? `${JSON.stringify(check, undefined, 2)}\n` : describeCheck(check),
      );
    });
}

// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { clusterName } from "../../cluster/bring-up.ts";
import { withClusterLock } from "../../cluster/cluster-lock.ts";
import { readShape } from "../../cluster/shape.ts";
import { takeDown } from "../../cluster/take-down.ts";
import { reportRemoval } from "../report-removal.ts";

const examples = `
Examples:
  seaworthy down                       the cluster of the usual shape
  seaworthy down --cluster one-zone    another one`;

export function downCommand(): Command {
  return new Command("down")
    .description(
      "Remove a cluster, and the kit's own engine when it was the last, and prove that nothing is left.",
    )
    .option("--cluster <shape>", "name of a cluster shape, or path of a YAML file", "three-zones")
    .addHelpText("after", examples)
    .action(async (options: { cluster: string }) => {
      const name = clusterName(await readShape(options.cluster));
      const say = (line: string): boolean => process.stderr.write(`  ${line}\n`);
      await withClusterLock(name, say, async () =>
        reportRemoval(await takeDown(name, (doing) => say(`removing ${doing}`))),
      );
    });
}

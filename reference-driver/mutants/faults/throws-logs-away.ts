// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../../src/support/run-command.ts";
import type { Mutant } from "../mutant.ts";
import { onUncleanStage } from "../unclean-stage.ts";

/** A repair that gives up the log mounts at once, without what stood only there. */
export const mutant: Mutant = {
  slug: "throws-logs-away",
  title: "A filesystem that was not unmounted properly is repaired by throwing its log away",
  breaks: ["fault/power-loss"],
  caughtBy: ["faults/power-cut-keeps-what-was-synced", "faults/power-cut-keeps-what-xfs-synced"],
  wrap: (services) =>
    onUncleanStage(services, async ({ name }, device) => {
      if (name === "xfs") await runCommand(["xfs_repair", "-L", device]);
      else await runCommand(["debugfs", "-w", "-R", "feature -needs_recovery", device]);
    }),
};

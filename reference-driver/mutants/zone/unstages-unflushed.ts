// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../../src/support/run-command.ts";
import { mountAt } from "../../src/mount/mount-table.ts";
import { breakNode } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** The filesystem is cut off before it is unmounted, as by a disk that is pulled too early. */
export const mutant: Mutant = {
  slug: "unstages-unflushed",
  title: "A volume leaves its node before the filesystem on it was flushed",
  driver: "zonal",
  breaks: ["topo/pod-follows-disk"],
  caughtBy: ["placement/moves-within-its-domain"],
  wrap: (services) =>
    breakNode(services, (good) => ({
      nodeUnstageVolume: async (request) => {
        const { stagingTargetPath: target } = request;
        if ((await mountAt(target)) !== undefined)
          await runCommand(["xfs_io", "-x", "-c", "shutdown", target]);
        return good.nodeUnstageVolume(request);
      },
    })),
};

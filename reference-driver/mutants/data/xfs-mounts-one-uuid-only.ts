// SPDX-License-Identifier: Apache-2.0
import { mountArguments } from "../../src/mount/mount-arguments.ts";
import { runCommand } from "../../src/support/run-command.ts";
import { breakNode } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** The kernel refuses a second xfs of one UUID unless the mount says nouuid or the copy gets a UUID of its own. */
export const mutant: Mutant = {
  slug: "xfs-mounts-one-uuid-only",
  title: "A restored xfs volume cannot be mounted where its source is mounted",
  breaks: ["snap/isolation"],
  caughtBy: ["snapshot/xfs-restore-mounts-beside-its-source"],
  wrap: (services) =>
    breakNode(services, (good, store) => ({
      nodeStageVolume: async (request) => {
        const { volumeId: id, stagingTargetPath: target, volumeCapability } = request;
        const answer = await good.nodeStageVolume(request);
        if (volumeCapability?.mount?.fsType !== "xfs") return answer;
        await store.exclusively(id, async () => {
          const device = await store.activate(id);
          await runCommand(["umount", target]);
          await runCommand(mountArguments("xfs", [], device, target));
        });
        return answer;
      },
    })),
};

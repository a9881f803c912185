// SPDX-License-Identifier: Apache-2.0
import { bindArguments } from "../../src/mount/mount-arguments.ts";
import { mountAt } from "../../src/mount/mount-table.ts";
import { runCommand } from "../../src/support/run-command.ts";
import type { Mutant } from "../mutant.ts";

/** Each NodePublishVolume mounts, whatever is mounted there; a kubelet that restarts asks again for what is there. */
export const mutant: Mutant = {
  slug: "publishes-again",
  title: "NodePublishVolume called again mounts the volume a second time over the first",
  breaks: ["fault/kubelet-restart", "life/idempotent"],
  caughtBy: ["faults/kubelet-restarts-under-pods", "life-cycle/repeated-calls-change-nothing"],
  wrap: (services) => ({
    ...services,
    createNode: (parts) => {
      const good = services.createNode(parts);
      return {
        ...good,
        nodePublishVolume: async (request) => {
          const present = await mountAt(request.targetPath);
          const answer = await good.nodePublishVolume(request);
          if (present !== undefined)
            await runCommand(bindArguments(request.stagingTargetPath, request.targetPath, present.readOnly));
          return answer;
        },
      };
    },
  }),
};

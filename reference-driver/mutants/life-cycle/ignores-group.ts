// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** M30 of the research. The kubelet leaves the group to a driver that announces VOLUME_MOUNT_GROUP; this one forgets it. */
export const mutant: Mutant = {
  slug: "ignores-group",
  title: "The driver promises to give volumes to the pod's group and does not",
  breaks: ["life/fsgroup"],
  caughtBy: ["life-cycle/group-owns-the-volume"],
  wrap: (services) => ({
    ...services,
    createNode: (parts) => {
      const good = services.createNode(parts);
      return {
        ...good,
        nodeGetCapabilities: async () => {
          const { capabilities } = (await good.nodeGetCapabilities()) as { capabilities: object[] };
          return { capabilities: [...capabilities, { rpc: { type: "VOLUME_MOUNT_GROUP" } }] };
        },
      };
    },
  }),
};

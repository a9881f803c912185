// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";
import { makeStrays, withStraySize } from "../stray-volumes.ts";

/** The first pod is where its volume is; nothing holds the next ones there, and they get an empty one. */
export const mutant: Mutant = {
  slug: "delayed-affinity-missing",
  title: "A delayed volume carries no topology, and a node that does not hold it stages an empty one",
  breaks: ["topo/conflict", "topo/outage", "topo/custom-domain", "topo/exclusive"],
  caughtBy: [
    "placement/conflict-stays-pending",
    "placement/one-node-at-a-time",
    "placement/outage-and-return",
  ],
  wrap: (services) => ({
    ...services,
    ...makeStrays(services),
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => {
          const { volume } = await good.createVolume(request);
          const delayed = request.accessibilityRequirements?.requisite.length === 1;
          const open = delayed ? { ...volume, accessibleTopology: [] } : volume;
          return { volume: withStraySize(open, request.parameters["poolClass"]) };
        },
      };
    },
  }),
};

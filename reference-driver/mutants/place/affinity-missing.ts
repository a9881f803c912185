// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";
import { makeStrays, withStraySize } from "../stray-volumes.ts";

/** Immediate volumes say nothing of where they are; a pod that lands elsewhere gets an empty one. */
export const mutant: Mutant = {
  slug: "affinity-missing",
  title:
    "A volume provisioned before its pod carries no topology, and a node that does not hold it stages an empty one",
  breaks: ["topo/pod-follows-disk", "topo/pv-affinity"],
  caughtBy: ["placement/pod-follows-disk"],
  wrap: (services) => ({
    ...services,
    ...makeStrays(services),
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => {
          const volume = withStraySize(
            (await good.createVolume(request)).volume,
            request.parameters["poolClass"],
          );
          // With delayed binding the provisioner passes the selected node alone.
          const immediate = (request.accessibilityRequirements?.requisite.length ?? 0) > 1;
          return { volume: immediate ? { ...volume, accessibleTopology: [] } : volume };
        },
      };
    },
  }),
};

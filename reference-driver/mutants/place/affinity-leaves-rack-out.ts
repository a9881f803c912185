// SPDX-License-Identifier: Apache-2.0
import type { Topology } from "../../src/csi/messages.ts";
import type { Mutant } from "../mutant.ts";

const RACK = "topology.seaworthy.dev/rack";

/** Zone and host are named, the domain between them is forgotten. */
export const mutant: Mutant = {
  slug: "affinity-leaves-rack-out",
  title: "The volume's affinity names zone and host and leaves the custom domain between them out",
  breaks: ["topo/custom-domain", "topo/pv-affinity"],
  caughtBy: ["placement/rack-is-a-domain", "placement/disk-follows-pod"],
  wrap: (services) => ({
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => {
          const { volume } = await good.createVolume(request);
          return {
            volume: { ...volume, accessibleTopology: (volume.accessibleTopology ?? []).map(rackless) },
          };
        },
      };
    },
  }),
};

function rackless({ segments }: Topology): Topology {
  return { segments: Object.fromEntries(Object.entries(segments).filter(([key]) => key !== RACK)) };
}

// SPDX-License-Identifier: Apache-2.0
import type { Topology } from "../../src/csi/messages.ts";
import type { Mutant } from "../mutant.ts";

const ZONE = "topology.kubernetes.io/zone";

/** The answer of CreateVolume names the zone and leaves out rack and host. */
export const mutant: Mutant = {
  slug: "affinity-names-zone-only",
  title: "The volume's affinity names the zone alone, though its bytes are on one host of it",
  breaks: ["topo/pv-affinity", "topo/statefulset"],
  caughtBy: ["placement/disk-follows-pod"],
  wrap: (services) => ({
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => {
          const { volume } = await good.createVolume(request);
          return {
            volume: { ...volume, accessibleTopology: (volume.accessibleTopology ?? []).map(zoneOnly) },
          };
        },
      };
    },
  }),
};

function zoneOnly({ segments }: Topology): Topology {
  const zone = segments[ZONE];
  return zone === undefined ? { segments } : { segments: { [ZONE]: zone } };
}

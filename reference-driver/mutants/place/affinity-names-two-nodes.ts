// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** One term is true, a second one invites pods to a node that has nothing. */
export const mutant: Mutant = {
  slug: "affinity-names-two-nodes",
  title: "The volume's affinity names a second node, which does not hold it",
  breaks: ["topo/pv-affinity"],
  caughtBy: ["placement/disk-follows-pod"],
  wrap: (services) => ({
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => {
          const { volume } = await good.createVolume(request);
          const [home] = volume.accessibleTopology ?? [];
          const sites = await parts.backEnd.sites();
          const other = sites.find(
            ({ segments }) => segments["kubernetes.io/hostname"] !== home?.segments["kubernetes.io/hostname"],
          );
          if (home === undefined || other === undefined) return { volume };
          return { volume: { ...volume, accessibleTopology: [home, { segments: other.segments }] } };
        },
      };
    },
  }),
};

// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";
import { makeStrays, withStraySize } from "../stray-volumes.ts";

const HOST = "kubernetes.io/hostname";

/** Off by one in a list of nodes: the pod is sent next door, where it finds an empty volume. */
export const mutant: Mutant = {
  slug: "affinity-of-the-neighbour",
  title: "The affinity of an Immediate volume names the node beside the one that holds it",
  breaks: ["topo/pod-follows-disk", "topo/immediate-spread", "topo/joint"],
  caughtBy: ["placement/pod-follows-disk"],
  wrap: (services) => ({
    ...services,
    ...makeStrays(services),
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => {
          const { volume } = await good.createVolume(request);
          const sized = withStraySize(volume, request.parameters["poolClass"]);
          if ((request.accessibilityRequirements?.requisite.length ?? 0) < 2) return { volume: sized };
          const hosts = (await parts.backEnd.sites()).map(({ segments }) => segments);
          const at = hosts.findIndex(
            (segments) => segments[HOST] === volume.accessibleTopology?.[0]?.segments[HOST],
          );
          const segments = hosts[(at + 1) % hosts.length];
          return {
            volume: segments === undefined ? sized : { ...sized, accessibleTopology: [{ segments }] },
          };
        },
      };
    },
  }),
};

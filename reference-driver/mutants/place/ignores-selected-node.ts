// SPDX-License-Identifier: Apache-2.0
import type { BackEnd, PlacedVolume, Site } from "../../src/back-end/back-end.ts";
import type { VolumeSpec } from "../../src/store/volume-spec.ts";
import type { Mutant } from "../mutant.ts";
import { makeStrays, withStraySize } from "../stray-volumes.ts";

/** The disk is cut on a node of its own choice, and the selected node's topology is claimed for it. */
export const mutant: Mutant = {
  slug: "ignores-selected-node",
  title:
    "The volume is cut on another node than the one selected for the pod, while its affinity names the selected one",
  breaks: ["topo/disk-follows-pod"],
  caughtBy: ["placement/disk-follows-pod"],
  wrap: (services) => ({
    ...services,
    ...makeStrays(services),
    createClusterBackEnd: (parts) => misplacing(services.createClusterBackEnd(parts)),
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => ({
          volume: withStraySize((await good.createVolume(request)).volume, request.parameters["poolClass"]),
        }),
      };
    },
  }),
};

function misplacing(good: BackEnd): BackEnd {
  // Where each volume is said to be; a call repeated after a restart tells the truth, as the record does.
  const claimed = new Map<string, string>();
  const lie = (volume: PlacedVolume): PlacedVolume => ({
    ...volume,
    node: claimed.get(volume.id) ?? volume.node,
  });
  return {
    ...good,
    create: async (node, spec) => {
      // Snapshots, and what is restored from them, can only be where their bytes really are.
      if (spec.source !== undefined)
        return good.create((await good.find(spec.source.id))?.node ?? node, spec);
      const elsewhere = furthest(await good.sites(), node, spec);
      claimed.set(spec.id, node);
      return lie(await good.create(elsewhere, spec));
    },
    find: async (id) => {
      const found = await good.find(id);
      return found && lie(found);
    },
  };
}

function furthest(sites: readonly Site[], node: string, spec: VolumeSpec): string {
  const zone = sites.find((site) => site.node === node)?.segments["topology.kubernetes.io/zone"];
  const others = sites.filter(
    (site) =>
      site.node !== node && site.poolClass === spec.poolClass && site.largestVolumeBytes >= spec.bytes,
  );
  const inOtherZone = others.filter((site) => site.segments["topology.kubernetes.io/zone"] !== zone);
  return (inOtherZone[0] ?? others[0])?.node ?? node;
}

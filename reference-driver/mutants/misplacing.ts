// SPDX-License-Identifier: Apache-2.0
import type { BackEnd, PlacedVolume, Site } from "../src/back-end/back-end.ts";
import type { Services } from "../src/composition/services.ts";
import type { VolumeSpec } from "../src/store/volume-spec.ts";
import { makeStrays, withStraySize } from "./stray-volumes.ts";

/** Whether the volume that is wanted on a node is to be cut elsewhere. */
export type Misplaces = (node: string, spec: VolumeSpec) => boolean;

/** Cuts the volumes that are chosen on another node than the one asked for, and says of them that they are where they were asked for. */
export function misplace(services: Services, misplaces: Misplaces): Services {
  return {
    ...services,
    ...makeStrays(services),
    createClusterBackEnd: (parts) => misplacing(services.createClusterBackEnd(parts), misplaces),
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => ({
          volume: withStraySize((await good.createVolume(request)).volume, request.parameters["poolClass"]),
        }),
      };
    },
  };
}

function misplacing(good: BackEnd, misplaces: Misplaces): BackEnd {
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
      if (!misplaces(node, spec)) return good.create(node, spec);
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

// SPDX-License-Identifier: Apache-2.0
import { countNodes, type Offer, type OfferedNode } from "../catalogue/decide.ts";
import type { DriverProfile } from "../driver/profile.ts";

/**
 * What a driver and a cluster offer to cases.
 * @param canReachNodes programs may be run on nodes
 * @param nodePower nodes may be switched off
 */
export function offerOf(
  { spec }: DriverProfile,
  nodes: readonly (OfferedNode & { readonly pools: readonly unknown[] })[],
  canReachNodes: boolean,
  nodePower = true,
): Offer {
  const counts = countNodes(nodes);
  const { volumes = Infinity, volumesPerNode = Infinity, megabytes = Infinity } = spec.limits;
  return {
    features: spec.features,
    ...counts,
    nodeExec: canReachNodes && spec.backEnd !== undefined,
    nodePower,
    sockets: canReachNodes && spec.sockets !== undefined,
    pools: canReachNodes && nodes.every((node) => node.controlPlane || node.pools.length > 0),
    room: { volumes: Math.min(volumes, volumesPerNode * counts.nodes), megabytes },
  };
}

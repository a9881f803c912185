// SPDX-License-Identifier: Apache-2.0
import { countNodes, type Offer, type OfferedNode } from "../catalogue/decide.ts";
import type { DriverProfile } from "../driver/profile.ts";

/** What the kit may do in a cluster. */
interface Means {
  /** Programs may be run on nodes. */
  readonly canReachNodes: boolean;
  /** The driver itself lists all that a case looks for. */
  readonly driverLists: boolean;
  /** Every worker has the pool that the profile names. */
  readonly pools: boolean;
  /** Nodes may be switched off. */
  readonly nodePower: boolean;
  /** File systems may be shut down on nodes. */
  readonly fileSystemShutdown: boolean;
}

/** What a driver and a cluster offer to cases. */
export function offerOf(
  { spec }: DriverProfile,
  nodes: readonly OfferedNode[],
  { canReachNodes, driverLists, pools, nodePower, fileSystemShutdown }: Means,
): Offer {
  const { racks, ...counts } = countNodes(nodes);
  const { volumes = Infinity, volumesPerNode = Infinity, megabytes = Infinity } = spec.limits;
  const levels = spec.topologyKeys.map(({ level }) => level);
  return {
    features: spec.features,
    ...counts,
    // a rack that the driver has no key for is no domain of its volumes
    racks: levels.includes("rack") ? racks : 0,
    ...countDomains(nodes, levels),
    reachesNodes: canReachNodes,
    nodeExec: canReachNodes && (spec.backEnd !== undefined || driverLists),
    nodePower,
    fileSystemShutdown,
    sockets: canReachNodes && spec.sockets !== undefined,
    pools: canReachNodes && pools,
    room: { volumes: Math.min(volumes, volumesPerNode * counts.nodes), megabytes },
  };
}

type Level = DriverProfile["spec"]["topologyKeys"][number]["level"];

/** Workers that agree in all that the driver has a key for are a domain: how many there are, and how large the largest is. */
function countDomains(
  nodes: readonly OfferedNode[],
  levels: readonly Level[],
): Pick<Offer, "domains" | "sharedBy"> {
  const workers = nodes.filter((node) => !node.controlPlane);
  if (levels.includes("hostname")) return { domains: workers.length, sharedBy: 1 };
  const domains = new Map<string, number>();
  for (const { zone, rack } of workers) {
    const domain = [levels.includes("zone") ? zone : "", levels.includes("rack") ? rack : ""].join("/");
    domains.set(domain, (domains.get(domain) ?? 0) + 1);
  }
  return { domains: domains.size, sharedBy: Math.max(0, ...domains.values()) };
}

// SPDX-License-Identifier: Apache-2.0
import type { CaseMeta } from "./case.ts";
import type { Feature } from "./features.ts";

/** What driver and cluster offer to a case. */
export interface Offer {
  /** The features the profile claims. */
  readonly features: readonly Feature[];
  /** Schedulable workers. */
  readonly nodes: number;
  readonly zones: number;
  readonly racks: number;
  /** Most workers that one volume can be reached from. */
  readonly sharedBy: number;
  /** Domains of volumes: groups of workers that do not reach each other's. */
  readonly domains: number;
  /** The driver cuts from pools that the kit made, and every worker has one. */
  readonly pools: boolean;
  /** The kit may reach the nodes; false on a cluster of someone else's that does not allow it. */
  readonly reachesNodes: boolean;
  /** Programs may be run on nodes, and the profile says which one lists the back end. */
  readonly nodeExec: boolean;
  /** Room for volumes at once, and for MiB of them together, where the profile limits it. */
  readonly room?: { readonly volumes?: number; readonly megabytes?: number };
  /** The profile says where the driver answers gRPC. */
  readonly sockets: boolean;
  /** Nodes can be switched off and on. */
  readonly nodePower?: boolean;
  /** File systems can be shut down on their nodes. */
  readonly fileSystemShutdown?: boolean;
}

/** A node as far as offers are concerned. */
export interface OfferedNode {
  readonly controlPlane: boolean;
  readonly zone?: string | undefined;
  readonly rack?: string | undefined;
}

export type Decision = { readonly go: true } | { readonly go: false; readonly reason: string };

/** Counts what a cluster's workers offer. Racks of the same name in two zones are two racks. */
export function countNodes(nodes: readonly OfferedNode[]): Pick<Offer, "nodes" | "zones" | "racks"> {
  const workers = nodes.filter((node) => !node.controlPlane);
  const named = (names: readonly (string | undefined)[]): number =>
    new Set(names.filter((name) => name !== undefined)).size;
  return {
    nodes: workers.length,
    zones: named(workers.map((node) => node.zone)),
    racks: named(
      workers.map((node) => (node.rack === undefined ? undefined : `${node.zone ?? ""}/${node.rack}`)),
    ),
  };
}

/** Whether a case runs, known before its body starts; otherwise everything that is lacking. */
export function decide(meta: CaseMeta, offer: Offer): Decision {
  const lacking = [
    ...lackingFeatures(meta, offer),
    ...lackingCluster(meta, offer),
    ...lackingRoom(meta, offer),
  ];
  return lacking.length === 0 ? { go: true } : { go: false, reason: lacking.join("; ") };
}

function lackingFeatures(meta: CaseMeta, offer: Offer): string[] {
  const missing = meta.features.filter((feature) => !offer.features.includes(feature));
  return missing.length === 0 ? [] : [`the profile does not claim ${missing.join(", ")}`];
}

function lackingCluster({ needs }: CaseMeta, offer: Offer): string[] {
  const counts = [
    { what: "worker nodes", needed: needs.nodes, offered: offer.nodes },
    { what: "zones", needed: needs.zones, offered: offer.zones },
    { what: "domains of the driver's topology", needed: needs.domains ?? 0, offered: offer.domains },
    { what: "racks that the driver has a topology key for", needed: needs.racks ?? 0, offered: offer.racks },
  ];
  const lacking = counts
    .filter(({ needed, offered }) => offered < needed)
    .map(
      ({ what, needed, offered }) => `needs ${String(needed)} ${what}, the cluster has ${String(offered)}`,
    );
  return [...lacking, ...lackingMeans(needs, offer)];
}

const unreached = "and here the kit reaches no node (--allow-node-agent)";

function lackingMeans(needs: CaseMeta["needs"], offer: Offer): string[] {
  const { sharedBy = 0 } = needs;
  const reached = `${String(offer.sharedBy)} ${offer.sharedBy === 1 ? "does" : "do"}`;
  const means = [
    {
      lacks: offer.sharedBy < sharedBy,
      says: `volumes that ${String(sharedBy)} nodes reach, here ${reached}`,
    },
    {
      lacks: needs.pools === true && !offer.pools,
      says: "a driver that cuts from pools which the kit made for every worker",
    },
    {
      lacks: needs.nodeExec === true && !offer.nodeExec,
      says: `to list the back end, ${offer.reachesNodes ? "and neither does the profile say how nor the driver list its volumes and snapshots" : unreached}`,
    },
    {
      lacks: needs.sockets === true && !offer.sockets,
      says: `to call the driver's sockets, ${offer.reachesNodes ? "which the profile does not name" : unreached}`,
    },
    {
      lacks: needs.nodePower === true && offer.nodePower !== true,
      says: "to switch a node off, which only a cluster of the kit's own allows",
    },
    {
      lacks: needs.fileSystemShutdown === true && offer.fileSystemShutdown !== true,
      says: "to shut a file system down on its node, which has to be reached and to have xfs_io",
    },
  ];
  return means.filter(({ lacks }) => lacks).map(({ says }) => `needs ${says}`);
}

function lackingRoom({ cost }: CaseMeta, { room = {} }: Offer): string[] {
  const { volumes = Infinity, megabytes = Infinity } = room;
  return [
    ...(cost.volumes <= volumes
      ? []
      : [`needs ${String(cost.volumes)} volumes at once, the profile's limits allow ${String(volumes)}`]),
    ...(cost.megabytes <= megabytes
      ? []
      : [`needs ${String(cost.megabytes)} MiB, the profile's limits allow ${String(megabytes)}`]),
  ];
}

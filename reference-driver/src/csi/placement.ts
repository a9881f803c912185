// SPDX-License-Identifier: Apache-2.0
import type { Site } from "../back-end/back-end.ts";
import { CsiError } from "../grpc/csi-error.ts";
import type { Segments, Topology, TopologyRequirement } from "./messages.ts";

/** Topology key of a zone. */
export const ZONE_KEY = "topology.kubernetes.io/zone";

/** What a volume to be placed needs. */
export interface PlacementRequest {
  readonly id: string;
  readonly poolClass: string;
  readonly bytes: number;
  readonly requirement: TopologyRequirement | null;
  /** Node of the snapshot that is restored: its bytes can be reached nowhere else. */
  readonly boundTo: { readonly node: string; readonly why: string } | undefined;
}

/** True when every segment asked for is one of the node's. */
export function matches(site: Segments, asked: Segments): boolean {
  return Object.entries(asked).every(([key, value]) => site[key] === value);
}

/**
 * Chooses the pool for a volume. With a preferred place (the node a pod was scheduled to) only the first preference that
 * has room counts; among pools of equal standing the one with most space. CSI: TopologyRequirement.
 * @throws CsiError RESOURCE_EXHAUSTED, which makes external-provisioner ask for another node
 */
export function choosePlace(sites: readonly Site[], request: PlacementRequest): Site {
  const best = byPreference(roomySites(sites, request), request.requirement);
  if (best === undefined) throw new Error("no site was chosen among at least one");
  return best;
}

/** The pools that a volume could be cut from now: at least one. @throws CsiError RESOURCE_EXHAUSTED */
export function roomySites(sites: readonly Site[], request: PlacementRequest): readonly Site[] {
  const reachable = reachableSites(sites, request);
  const roomy = reachable.filter((site) => site.largestVolumeBytes >= request.bytes);
  if (roomy.length === 0) throw exhausted(`${String(request.bytes)} bytes fit nowhere: ${rooms(reachable)}`);
  return roomy;
}

/** The pools in these zones; all when none is named. */
export function inZones(sites: readonly Site[], zones: readonly string[]): readonly Site[] {
  if (zones.length === 0) return sites;
  return sites.filter((site) => zones.includes(site.segments[ZONE_KEY] ?? ""));
}

/** The pools of the class that the request admits and from which its source can be reached: at least one. */
function reachableSites(sites: readonly Site[], request: PlacementRequest): readonly Site[] {
  const { requirement, boundTo, poolClass } = request;
  const ofClass = sites.filter((site) => site.poolClass === poolClass);
  if (ofClass.length === 0) throw exhausted(`no node has a pool of class ${poolClass}`);
  const admitted = ofClass.filter((site) => admits(requirement, site));
  const asked = describe(requirement?.requisite ?? []);
  if (admitted.length === 0) throw exhausted(`no pool of class ${poolClass} is in ${asked}`);
  if (boundTo === undefined) return admitted;
  const reachable = admitted.filter((site) => site.node === boundTo.node);
  if (reachable.length === 0) {
    throw exhausted(`${boundTo.why} is on node ${boundTo.node}, which is not in ${asked}`);
  }
  return reachable;
}

function admits(requirement: TopologyRequirement | null, site: Site): boolean {
  const requisite = requirement?.requisite ?? [];
  return requisite.length === 0 || requisite.some((topology) => matches(site.segments, topology.segments));
}

function byPreference(sites: readonly Site[], requirement: TopologyRequirement | null): Site | undefined {
  // Immediate binding prefers every place it admits; external-provisioner begins elsewhere for each claim, which spreads them.
  for (const topology of requirement?.preferred ?? []) {
    const best = roomiest(sites.filter((site) => matches(site.segments, topology.segments)));
    if (best !== undefined) return best;
  }
  return roomiest(sites);
}

function roomiest(sites: readonly Site[]): Site | undefined {
  return sites.toSorted((a, b) => b.availableBytes - a.availableBytes || (a.node < b.node ? -1 : 1))[0];
}

function exhausted(message: string): CsiError {
  return new CsiError("RESOURCE_EXHAUSTED", message);
}

function describe(topologies: readonly Topology[]): string {
  if (topologies.length === 0) return "the places asked for";
  return topologies.map(({ segments }) => JSON.stringify(segments)).join(" or ");
}

function rooms(sites: readonly Site[]): string {
  return sites.map((site) => `${site.node} has ${String(site.largestVolumeBytes)}`).join(", ");
}

// SPDX-License-Identifier: Apache-2.0
import type { Site } from "../back-end/back-end.ts";
import type { Segments } from "./messages.ts";
import { choosePlace, matches, roomySites } from "./placement.ts";
import type { PlacementRequest } from "./placement.ts";

/** Time after which a volume that was chosen for and is held nowhere has failed or is deleted, in milliseconds. */
const FORGOTTEN_AFTER = 60_000;

/** Where a volume was to be cut, and when that was decided (milliseconds since the epoch). */
interface Choice {
  readonly node: string;
  readonly at: number;
}

/**
 * Chooses zones for volumes that are bound before their pods. An order of preference is kept, as external-provisioner begins
 * it elsewhere for each claim of a set (CSI: TopologyRequirement.preferred). Without one, and where it knows zones that the
 * class does not admit: of the zones that have room the one with fewest volumes, those chosen for but not cut yet counted.
 */
export function createZoneSpread(now: () => number = Date.now): typeof choosePlace {
  const chosen = new Map<string, Choice>();
  return (sites: readonly Site[], request: PlacementRequest): Site => {
    for (const [id, { node, at }] of chosen) {
      if (isHeld(sites, node, id) || now() - at > FORGOTTEN_AFTER) chosen.delete(id);
    }
    const nodes = [...chosen.values()].map((choice) => choice.node);
    const site = isOpen(request, sites)
      ? emptiest(roomySites(sites, request), nodes)
      : choosePlace(sites, request);
    chosen.set(request.id, { node: site.node, at: now() });
    return site;
  };
}

/** No order of preference spreads volumes over these pools: there is none, or it names places that are not among them. */
function isOpen({ requirement, boundTo }: PlacementRequest, sites: readonly Site[]): boolean {
  const { requisite = [], preferred = [] } = requirement ?? {};
  if (boundTo !== undefined) return false;
  if (preferred.length === 0) return true;
  const isThere = (segments: Segments): boolean => sites.some((site) => matches(site.segments, segments));
  return requisite.length > 1 && !preferred.every(({ segments }) => isThere(segments));
}

function isHeld(sites: readonly Site[], node: string, id: string): boolean {
  return sites.some((site) => site.node === node && site.holds.has(id));
}

function emptiest(sites: readonly Site[], chosen: readonly string[]): Site {
  const load = (site: Site): number => site.holds.size + chosen.filter((node) => node === site.node).length;
  const [first] = sites.toSorted(
    (a, b) => load(a) - load(b) || b.availableBytes - a.availableBytes || (a.node < b.node ? -1 : 1),
  );
  if (first === undefined) throw new Error("no site was given to choose from");
  return first;
}

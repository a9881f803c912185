// SPDX-License-Identifier: Apache-2.0
import type { Site } from "../back-end/back-end.ts";
import { choosePlace, roomySites } from "./placement.ts";
import type { PlacementRequest } from "./placement.ts";

/**
 * Chooses zones so that volumes bound before their pods are spread evenly: of the zones that have room the one with fewest
 * volumes. Volumes chosen for but not cut yet count, too, so that many asked for at once are spread as well.
 */
export function createZoneSpread(): typeof choosePlace {
  const chosen = new Map<string, string>();
  return (sites: readonly Site[], request: PlacementRequest): Site => {
    for (const [id, node] of chosen) if (isHeld(sites, node, id)) chosen.delete(id);
    const site = isOpen(request) ? emptiest(roomySites(sites, request), chosen) : choosePlace(sites, request);
    chosen.set(request.id, site.node);
    return site;
  };
}

/** More than one zone is admitted and none is preferred: Immediate binding. */
function isOpen({ requirement, boundTo }: PlacementRequest): boolean {
  const requisite = requirement?.requisite ?? [];
  return boundTo === undefined && (requisite.length > 1 || (requirement?.preferred ?? []).length === 0);
}

function isHeld(sites: readonly Site[], node: string, id: string): boolean {
  return sites.some((site) => site.node === node && site.holds.has(id));
}

function emptiest(sites: readonly Site[], chosen: ReadonlyMap<string, string>): Site {
  const load = (site: Site): number =>
    site.holds.size + [...chosen.values()].filter((node) => node === site.node).length;
  const [first] = sites.toSorted(
    (a, b) => load(a) - load(b) || b.availableBytes - a.availableBytes || (a.node < b.node ? -1 : 1),
  );
  if (first === undefined) throw new Error("no site was given to choose from");
  return first;
}

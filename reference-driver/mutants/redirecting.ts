// SPDX-License-Identifier: Apache-2.0
import type { Site } from "../src/back-end/back-end.ts";
import type { Services } from "../src/composition/services.ts";
import type { Segments } from "../src/csi/messages.ts";
import { matches } from "../src/csi/placement.ts";

/** The site that a volume goes to in place of those its request admits; undefined to leave the request as it is. */
export type Redirects = (sites: readonly Site[], admitted: readonly Segments[]) => Site | undefined;

/** To the first site that the request does not admit. */
export const outsideAdmitted: Redirects = (sites, admitted) =>
  sites.find((site) => !admitted.some((segments) => matches(site.segments, segments)));

/** Sends Immediate volumes to another site, which their affinity then names truly. */
export function redirectImmediate(services: Services, redirects: Redirects): Services {
  return {
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => {
          const requisite = request.accessibilityRequirements?.requisite ?? [];
          // With delayed binding the provisioner passes the selected node alone.
          if (requisite.length < 2) return good.createVolume(request);
          const site = redirects(
            await parts.backEnd.sites(),
            requisite.map(({ segments }) => segments),
          );
          if (site === undefined) return good.createVolume(request);
          const only = [{ segments: site.segments }];
          const accessibilityRequirements = { requisite: only, preferred: only };
          return good.createVolume({ ...request, accessibilityRequirements });
        },
      };
    },
  };
}

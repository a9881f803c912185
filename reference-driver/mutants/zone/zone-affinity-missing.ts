// SPDX-License-Identifier: Apache-2.0
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** A volume of one zone is given out as one of everywhere. */
export const mutant: Mutant = {
  slug: "zone-affinity-missing",
  title: "The volume of a zone carries no topology, as if every node reached it",
  driver: "zonal",
  breaks: ["topo/pv-affinity"],
  caughtBy: ["placement/disk-follows-pod"],
  wrap: (services) =>
    breakController(services, (good) => ({
      createVolume: async (request) => {
        const { volume } = await good.createVolume(request);
        return { volume: { ...volume, accessibleTopology: [] } };
      },
    })),
};

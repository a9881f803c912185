// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** A deletion that comes too early is remembered, and done when the last user has gone. */
export const mutant: Mutant = {
  slug: "condemns-used-volumes",
  title: "DeleteVolume of a volume in use is accepted, and the volume goes with its pod",
  breaks: ["life/protection", "life/reclaim"],
  caughtBy: ["life-cycle/volume-in-use-is-not-deleted"],
  wrap: (services) => ({
    ...services,
    createClusterBackEnd: (parts) => {
      const good = services.createClusterBackEnd(parts);
      return {
        ...good,
        delete: async (id) => {
          await parts.records.resource.delete(id);
        },
      };
    },
  }),
};

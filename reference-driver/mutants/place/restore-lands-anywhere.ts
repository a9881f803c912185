// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";
import { makeStrays, withStraySize } from "../stray-volumes.ts";

/** Other volumes say where they are. A pod of a restored one may land anywhere, and gets an empty one there. */
export const mutant: Mutant = {
  slug: "restore-lands-anywhere",
  title: "A restored volume does not say from which nodes it can be reached",
  breaks: ["snap/placement"],
  caughtBy: ["snapshot/restore-follows-its-data"],
  wrap: (services) => ({
    ...services,
    ...makeStrays(services),
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => {
          const answer = await good.createVolume(request);
          if (request.volumeContentSource === null) return answer;
          const volume = withStraySize(answer.volume, request.parameters["poolClass"]);
          return { volume: { ...volume, accessibleTopology: [] } };
        },
      };
    },
  }),
};

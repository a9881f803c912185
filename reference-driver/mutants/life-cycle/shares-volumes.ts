// SPDX-License-Identifier: Apache-2.0
import type { CreateVolumeRequest } from "../../src/csi/messages.ts";
import type { Mutant } from "../mutant.ts";

/** Calls for a volume of the same size in the same place are taken for the same call. */
export const mutant: Mutant = {
  slug: "shares-volumes",
  title: "Two claims of one size that are provisioned for one node at the same time get one volume",
  breaks: ["life/ephemeral"],
  caughtBy: ["life-cycle/ephemeral-volume-has-one-pod"],
  wrap: (services) => ({
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      const names = new Map<string, string>();
      return {
        ...good,
        createVolume: (request) => {
          const key = likeness(request);
          const name = names.get(key) ?? request.name;
          names.set(key, name);
          return good.createVolume({ ...request, name });
        },
        deleteVolume: async (request) => {
          names.clear();
          return good.deleteVolume(request);
        },
      };
    },
  }),
};

function likeness({
  capacityRange,
  accessibilityRequirements,
  volumeContentSource,
}: CreateVolumeRequest): string {
  return JSON.stringify([capacityRange, accessibilityRequirements?.preferred[0], volumeContentSource]);
}

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
      const keys = new Map<string, string>();
      return {
        ...good,
        createVolume: async (request) => {
          const key = likeness(request);
          const name = names.get(key) ?? request.name;
          names.set(key, name);
          const answer = await good.createVolume({ ...request, name });
          keys.set(answer.volume.volumeId, key);
          return answer;
        },
        deleteVolume: (request) => {
          names.delete(keys.get(request.volumeId) ?? "");
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
  const { segments = {} } = accessibilityRequirements?.preferred[0] ?? {};
  // a protobuf map comes in any order (https://protobuf.dev/programming-guides/encoding/#maps)
  const place = Object.entries(segments).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([capacityRange, place, volumeContentSource]);
}

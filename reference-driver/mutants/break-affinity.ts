// SPDX-License-Identifier: Apache-2.0
import type { Services } from "../src/composition/services.ts";
import type { Segments } from "../src/csi/messages.ts";
import { breakController } from "./break-services.ts";

/** Changes what CreateVolume says of where the volume can be reached; the volume stays where it is. */
export function breakAffinity(services: Services, change: (segments: Segments) => Segments): Services {
  return breakController(services, (good) => ({
    createVolume: async (request) => {
      const { volume } = await good.createVolume(request);
      const topologies = volume.accessibleTopology ?? [];
      const accessibleTopology = topologies.map(({ segments }) => ({ segments: change(segments) }));
      return { volume: { ...volume, accessibleTopology } };
    },
  }));
}

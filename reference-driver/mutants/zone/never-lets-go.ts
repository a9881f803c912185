// SPDX-License-Identifier: Apache-2.0
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** A volume is detached when it is deleted, and not before. */
export const mutant: Mutant = {
  slug: "never-lets-go",
  title: "ControllerUnpublishVolume succeeds and the volume stays attached to its node",
  driver: "zonal",
  breaks: ["topo/outage"],
  caughtBy: ["placement/taken-over-in-its-domain"],
  wrap: (services) =>
    breakController(services, (good) => ({
      controllerUnpublishVolume: () => Promise.resolve({}),
      deleteVolume: async (request) => {
        await good.controllerUnpublishVolume?.({ volumeId: request.volumeId, nodeId: "" });
        return good.deleteVolume(request);
      },
    })),
};

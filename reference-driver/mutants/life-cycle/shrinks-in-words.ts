// SPDX-License-Identifier: Apache-2.0
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** Whoever believes it gives the space to somebody else. */
export const mutant: Mutant = {
  slug: "shrinks-in-words",
  title: "ControllerExpandVolume to a smaller size succeeds and tells the smaller size",
  breaks: ["life/expand"],
  caughtBy: ["life-cycle/never-shrinks"],
  wrap: (services) =>
    breakController(services, (good) => ({
      controllerExpandVolume: async (request) => {
        const answer = await good.controllerExpandVolume({
          ...request,
          capacityRange: request.capacityRange && { ...request.capacityRange, limitBytes: 0 },
        });
        return { ...answer, capacityBytes: request.capacityRange?.requiredBytes ?? answer.capacityBytes };
      },
    })),
};

// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../../src/grpc/csi-error.ts";
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** external-provisioner gives a node back to the scheduler for ResourceExhausted alone; anything else it tries there again. */
export const mutant: Mutant = {
  slug: "exhaustion-misnamed",
  title: "A full node is reported as an internal error, so that the pod is never sent elsewhere",
  breaks: ["local/stale"],
  caughtBy: ["capacity/stale-figures"],
  wrap: (services) =>
    breakController(services, (good) => ({
      createVolume: async (request) => {
        try {
          return await good.createVolume(request);
        } catch (error) {
          if (error instanceof CsiError && error.code === "RESOURCE_EXHAUSTED")
            throw new CsiError("INTERNAL", "the volume could not be made");
          throw error;
        }
      },
    })),
};

// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../../src/grpc/csi-error.ts";
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** The second node is told that it has the volume; only the first one has. */
export const mutant: Mutant = {
  slug: "attaches-to-two-nodes",
  title: "ControllerPublishVolume succeeds for a second node while the volume is attached to a first",
  driver: "zonal",
  breaks: ["topo/exclusive"],
  caughtBy: ["placement/attached-to-one-node"],
  wrap: (services) =>
    breakController(services, (good) => ({
      controllerPublishVolume: async (request) => {
        const publish = good.controllerPublishVolume;
        if (publish === undefined) throw new Error("this driver does not attach");
        return publish(request).catch((error: unknown) => {
          if (error instanceof CsiError && error.message.includes("is attached to node"))
            return { publishContext: {} };
          throw error;
        });
      },
    })),
};

// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../../src/grpc/csi-error.ts";
import type { Mutant } from "../mutant.ts";

/** DeleteVolume knows only volumes that are there. */
export const mutant: Mutant = {
  slug: "deletes-only-once",
  title: "DeleteVolume of a volume that is gone fails",
  breaks: ["life/idempotent"],
  caughtBy: ["life-cycle/repeated-calls-change-nothing"],
  wrap: (services) => ({
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        deleteVolume: async (request) => {
          if ((await parts.backEnd.find(request.volumeId)) === undefined)
            throw new CsiError("NOT_FOUND", `volume ${request.volumeId} does not exist`);
          return good.deleteVolume(request);
        },
      };
    },
  }),
};

// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** Only the name decides whether a call is a repetition. */
export const mutant: Mutant = {
  slug: "forgets-sizes",
  title: "CreateVolume with the name of a volume and another size succeeds with the old volume",
  breaks: ["life/idempotent"],
  caughtBy: ["life-cycle/repeated-calls-change-nothing"],
  wrap: (services) => ({
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      return {
        ...good,
        createVolume: async (request) => {
          const known = (await parts.backEnd.list()).find(
            (volume) => volume.kind === "volume" && volume.csiName === request.name,
          );
          const asKnown =
            known === undefined ? {} : { capacityRange: { requiredBytes: known.bytes, limitBytes: 0 } };
          return good.createVolume({ ...request, ...asKnown });
        },
      };
    },
  }),
};

// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** Every call is for a new volume, as in a driver that makes up its ids. */
export const mutant: Mutant = {
  slug: "names-volumes-anew",
  title: "CreateVolume called again after its answer was lost makes another volume",
  breaks: ["life/idempotent"],
  caughtBy: ["faults/lost-answers-leave-one-volume", "life-cycle/repeated-calls-change-nothing"],
  fromStart: true,
  wrap: (services) => ({
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      let calls = 0;
      return {
        ...good,
        createVolume: (request) => {
          calls += 1;
          return good.createVolume({
            ...request,
            name: `${request.name}-${String(process.pid)}-${String(calls)}`,
          });
        },
      };
    },
  }),
};

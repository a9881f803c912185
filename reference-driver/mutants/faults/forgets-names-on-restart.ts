// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import type { Mutant } from "../mutant.ts";

/** M25 of the research, controller: what a call's name stands for is kept in memory alone. */
export const mutant: Mutant = {
  slug: "forgets-names-on-restart",
  title: "A controller plug-in that was restarted does not know the volumes it made, and makes them again",
  breaks: ["fault/driver-restart"],
  caughtBy: ["faults/controller-killed-while-creating"],
  fromStart: true,
  wrap: (services) => ({
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      const life = randomBytes(4).toString("hex");
      return {
        ...good,
        createVolume: (request) => good.createVolume({ ...request, name: `${request.name}-${life}` }),
      };
    },
  }),
};

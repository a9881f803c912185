// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** M26 of the research: a repeated call is recognised only when the first has ended. */
export const mutant: Mutant = {
  slug: "creates-again-at-once",
  title: "CreateVolume called again while it runs makes a second volume",
  breaks: ["life/idempotent"],
  caughtBy: ["life-cycle/repeated-calls-change-nothing"],
  wrap: (services) => ({
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      const running = new Map<string, number>();
      return {
        ...good,
        createVolume: async (request) => {
          const before = running.get(request.name) ?? 0;
          running.set(request.name, before + 1);
          try {
            const name = before === 0 ? request.name : `${request.name}-${String(before)}`;
            return await good.createVolume({ ...request, name });
          } finally {
            running.set(request.name, (running.get(request.name) ?? 1) - 1);
          }
        },
      };
    },
  }),
};

// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** M19 of the research: who asks to read may write. */
export const mutant: Mutant = {
  slug: "ignores-read-only",
  title: "A volume published read-only can be written",
  breaks: ["life/access-modes"],
  caughtBy: ["life-cycle/read-only-use-refuses-writes"],
  wrap: (services) => ({
    ...services,
    createNode: (parts) => {
      const good = services.createNode(parts);
      return {
        ...good,
        nodePublishVolume: (request) => good.nodePublishVolume({ ...request, readonly: false }),
      };
    },
  }),
};

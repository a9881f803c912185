// SPDX-License-Identifier: Apache-2.0
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** As with a back end that counts the blocks in use instead of those a restore needs. */
export const mutant: Mutant = {
  slug: "snapshot-size-halved",
  title: "A snapshot says that half of its size suffices for a restore",
  breaks: ["snap/ready"],
  caughtBy: ["snapshot/restore-keeps-the-moment"],
  wrap: (services) =>
    breakController(services, (good) => ({
      createSnapshot: async (request) => {
        const { snapshot } = await good.createSnapshot(request);
        return { snapshot: { ...snapshot, sizeBytes: snapshot.sizeBytes / 2 } };
      },
    })),
};

// SPDX-License-Identifier: Apache-2.0
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

const HOUR = 3600;

/** As with a back end whose clock is in another time zone. */
export const mutant: Mutant = {
  slug: "snapshot-created-long-ago",
  title: "A snapshot's creation time lies before it was asked for",
  breaks: ["snap/ready"],
  caughtBy: ["snapshot/restore-keeps-the-moment"],
  wrap: (services) =>
    breakController(services, (good) => ({
      createSnapshot: async (request) => {
        const { snapshot } = await good.createSnapshot(request);
        const { seconds, nanos } = snapshot.creationTime;
        return { snapshot: { ...snapshot, creationTime: { seconds: seconds - HOUR, nanos } } };
      },
    })),
};

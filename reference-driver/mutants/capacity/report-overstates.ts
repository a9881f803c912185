// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** What a driver tells that counts free space of a mirror twice. */
export const mutant: Mutant = {
  slug: "report-overstates",
  title: "Pools are reported with twice the space they have free",
  breaks: ["local/scheduler", "local/manager", "local/capacity-objects"],
  caughtBy: [
    "capacity/room-for-all-claims",
    "capacity/node-local-storage",
    "capacity/objects-tell-the-truth",
  ],
  wrap: (services) =>
    breakStore(services, (good) => ({
      pools: async () =>
        (await good.pools()).map((pool) => ({
          ...pool,
          availableBytes: pool.availableBytes * 2,
          largestVolumeBytes: pool.largestVolumeBytes * 2,
        })),
    })),
};

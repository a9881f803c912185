// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../../src/grpc/csi-error.ts";
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** As with a driver that takes an unknown handle for one of a volume that was empty. */
export const mutant: Mutant = {
  slug: "snapshots-foreign-volumes",
  title: "A snapshot of another driver's volume is made, and holds nothing",
  breaks: ["snap/class"],
  caughtBy: ["snapshot/class-decides-the-driver"],
  wrap: (services) =>
    breakController(services, (good) => ({
      createSnapshot: async (request) => {
        try {
          return await good.createSnapshot(request);
        } catch (error) {
          if (!(error instanceof CsiError) || error.code !== "NOT_FOUND") throw error;
          const creationTime = { seconds: Math.floor(Date.now() / 1000), nanos: 0 };
          const { name, sourceVolumeId } = request;
          return {
            snapshot: {
              snapshotId: `snap-${name}`,
              sourceVolumeId,
              sizeBytes: 0,
              groupSnapshotId: "",
              creationTime,
              readyToUse: true,
            },
          };
        }
      },
    })),
};

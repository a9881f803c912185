// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../../src/grpc/csi-error.ts";
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** A volume so small fits nearly always. */
const TOKEN_BYTES = 16 * 1024 ** 2;

/** Room that a pool in use says it has besides. */
const IMAGINED_BYTES = 1024 ** 3;

/** A pool that is full goes on giving: the volume is a token of its size, and the answer says that it is whole. */
export const mutant: Mutant = {
  slug: "overcommits",
  title: "A volume that does not fit is cut smaller than it says it is",
  breaks: ["local/no-overcommit"],
  caughtBy: ["capacity/burst-fits-no-more"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      // The scheduler would keep the pods away from a pool that it knows to be full.
      pools: async () =>
        (await good.pools()).map((pool) =>
          pool.volumes.length === 0
            ? pool
            : {
                ...pool,
                availableBytes: pool.availableBytes + IMAGINED_BYTES,
                largestVolumeBytes: pool.largestVolumeBytes + IMAGINED_BYTES,
              },
        ),
      create: async (spec) => {
        try {
          return await good.create(spec);
        } catch (error) {
          if (!(error instanceof CsiError) || error.code !== "RESOURCE_EXHAUSTED") throw error;
          const made = await good.create({ ...spec, bytes: TOKEN_BYTES });
          return { ...made, bytes: spec.bytes };
        }
      },
    })),
};

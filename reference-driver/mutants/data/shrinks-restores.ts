// SPDX-License-Identifier: Apache-2.0
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

const MEGABYTE = 1024 ** 2;

/** It names no true size for a snapshot, and what does not fit it leaves out: here everything. */
export const mutant: Mutant = {
  slug: "shrinks-restores",
  title: "A restore into less space than the snapshot's is accepted",
  breaks: ["snap/size"],
  caughtBy: ["snapshot/restore-grows-and-never-shrinks"],
  wrap: (services) =>
    breakController(services, (good) => {
      const sizes = new Map<string, number>();
      return {
        createSnapshot: async (request) => {
          const { snapshot } = await good.createSnapshot(request);
          sizes.set(snapshot.snapshotId, snapshot.sizeBytes);
          return { snapshot: { ...snapshot, sizeBytes: MEGABYTE } };
        },
        createVolume: async (request) => {
          const source = request.volumeContentSource;
          const needed = sizes.get(source?.snapshot?.snapshotId ?? "") ?? 0;
          if (source === null || (request.capacityRange?.requiredBytes ?? needed) >= needed)
            return good.createVolume(request);
          const { volume } = await good.createVolume({ ...request, volumeContentSource: null });
          return { volume: { ...volume, contentSource: source } };
        },
      };
    }),
};

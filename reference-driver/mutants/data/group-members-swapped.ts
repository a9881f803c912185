// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** Each member of a group is said to be the snapshot of its neighbour's source. */
export const mutant: Mutant = {
  slug: "group-members-swapped",
  title: "The snapshots of a group are paired with the wrong volumes",
  breaks: ["snap/group"],
  caughtBy: ["snapshot/group-is-one-moment"],
  wrap: (services) => ({
    ...services,
    createGroupController: (parts) => {
      const good = services.createGroupController(parts);
      return {
        ...good,
        createVolumeGroupSnapshot: async (request) => {
          const { groupSnapshot } = await good.createVolumeGroupSnapshot(request);
          const { snapshots } = groupSnapshot;
          const swapped = snapshots.map((snapshot, index) => ({
            ...snapshot,
            sourceVolumeId:
              snapshots[(index + 1) % snapshots.length]?.sourceVolumeId ?? snapshot.sourceVolumeId,
          }));
          return { groupSnapshot: { ...groupSnapshot, snapshots: swapped } };
        },
      };
    },
  }),
};

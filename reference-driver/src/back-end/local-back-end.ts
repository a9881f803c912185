// SPDX-License-Identifier: Apache-2.0
import type { Segments } from "../csi/messages.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import type { BackEnd } from "./back-end.ts";

/** The pools of this node alone, with no cluster behind them. */
export function createLocalBackEnd(store: VolumeStore, node: string, segments: Segments): BackEnd {
  return {
    sites: async () =>
      (await store.pools()).map(({ poolClass, availableBytes, largestVolumeBytes, volumes }) => ({
        node,
        poolClass,
        segments,
        availableBytes,
        largestVolumeBytes,
        holds: new Set(volumes.map((volume) => volume.id)),
        reportedAt: new Date(),
      })),
    create: async (_node, spec) => ({ ...(await store.create(spec)), node }),
    expand: async (id, bytes) => ({ ...(await store.expand(id, bytes)), node }),
    delete: (id) => store.delete(id),
    find: async (id) => {
      const found = await store.find(id);
      return found && { ...found, node };
    },
    list: async () => (await store.list()).map((volume) => ({ ...volume, node })),
  };
}

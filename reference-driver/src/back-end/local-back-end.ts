// SPDX-License-Identifier: Apache-2.0
import type { Segments } from "../csi/messages.ts";
import type { StoredVolume } from "../store/volume-spec.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import { createHeldTogether } from "./held-together.ts";
import type { BackEnd, GroupMember } from "./back-end.ts";

/**
 * The pools of this node alone, with no cluster behind them.
 * @param node the place volumes are in: the node, or the zone whose nodes share the pools
 * @param here this node's name
 */
export function createLocalBackEnd(
  store: VolumeStore,
  node: string,
  segments: Segments,
  here = node,
): BackEnd {
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
    createGroup: async (members) => (await cutLocally(store, members)).map((volume) => ({ ...volume, node })),
    deleteGroup: (groupId) => removeGroup(store, groupId),
    nodes: () => Promise.resolve([{ node: here, segments }]),
    attach: (id, to) => store.attachTo(id, to),
    setReadAhead: async (id, kib) => {
      await store.setReadAhead(id, kib);
    },
    delete: (id) => store.delete(id),
    find: async (id) => {
      const found = await store.find(id);
      return found && { ...found, node };
    },
    list: async () => (await store.list()).map((volume) => ({ ...volume, node })),
  };
}

async function cutLocally(store: VolumeStore, members: readonly GroupMember[]): Promise<StoredVolume[]> {
  await removeGroup(store, members[0]?.spec.group?.id ?? "");
  const together = createHeldTogether(members.length);
  const cuts = members.map(({ spec }) =>
    store
      .createHeld(spec, () => together.arrive())
      .catch((error: unknown) => {
        together.giveUp(error);
        throw error;
      }),
  );
  const done = await Promise.allSettled(cuts);
  const failed = done.find((cut) => cut.status === "rejected");
  if (failed === undefined) return Promise.all(cuts);
  for (const { spec } of members) await store.delete(spec.id);
  throw failed.reason;
}

async function removeGroup(store: VolumeStore, groupId: string): Promise<void> {
  for (const volume of await store.list()) if (volume.group?.id === groupId) await store.delete(volume.id);
}

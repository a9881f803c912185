// SPDX-License-Identifier: Apache-2.0
import type { StoredVolume, VolumeSpec } from "../src/store/volume-spec.ts";
import type { VolumeStore } from "../src/store/volume-store.ts";

/** The volume that a snapshot, or what is restored from one, came from; undefined when it is gone. */
export async function liveSourceOf(
  store: VolumeStore,
  { source }: Pick<VolumeSpec, "source">,
): Promise<StoredVolume | undefined> {
  if (source === undefined) return undefined;
  const found = await store.find(source.id);
  return found?.kind === "snapshot" ? liveSourceOf(store, found) : found;
}

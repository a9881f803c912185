// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import type { VolumeStore } from "../store/volume-store.ts";

/**
 * Keeps the limit that NodeGetInfo tells the scheduler, also against what does not ask the scheduler.
 * @throws CsiError RESOURCE_EXHAUSTED when as many other volumes have devices already
 */
export async function requirePlace(store: VolumeStore, id: string, limit: number): Promise<void> {
  if (limit === 0 || (await store.activated(id)) !== undefined) return;
  const volumes = (await store.list()).filter(({ kind }) => kind === "volume");
  const devices = await Promise.all(volumes.map((volume) => store.activated(volume.id)));
  const staged = devices.filter((device) => device !== undefined).length;
  if (staged >= limit)
    throw new CsiError(
      "RESOURCE_EXHAUSTED",
      `${id}: ${String(staged)} volumes are staged here, ${String(limit)} may be`,
    );
}

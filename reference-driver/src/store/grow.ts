// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { roomBehind } from "./extents.ts";
import { moveLarger } from "./move.ts";
import type { PoolVolume } from "./pool-volume.ts";
import type { PoolVolumes } from "./pool-volumes.ts";
import { requireRoom } from "./thin-pool.ts";

/** Grows a volume's logical volume in place, or moves it where it must be in one piece and what follows it is taken. */
export async function grow(pool: PoolVolumes, volume: PoolVolume, bytes: number): Promise<void> {
  const { group, activation } = pool;
  const { lvm } = volume;
  const extended = await pool.space.exclusively(async () => {
    const more = bytes - lvm.bytes;
    if (lvm.thin) {
      await requireRoom(group, lvm.name, more);
    } else if (activation.onePiece) {
      const { freeRuns, extentBytes } = await group.space();
      const room = roomBehind(lvm.runs, freeRuns) * extentBytes;
      if (room < more) return false;
    } else {
      const free = (await group.space()).freeBytes;
      if (free < more) {
        const seen = `${String(more)} bytes more asked, ${String(free)} free`;
        throw new CsiError("RESOURCE_EXHAUSTED", `${lvm.name}: no room in ${group.name}: ${seen}`);
      }
    }
    await group.extend(lvm.name, bytes, activation.extendArguments);
    return true;
  });
  if (!extended) await moveLarger(pool, volume, bytes);
}

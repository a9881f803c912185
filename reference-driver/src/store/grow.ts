// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { roomBehind } from "./extents.ts";
import { moveLarger } from "./move.ts";
import type { Pool, PoolVolume } from "./pool.ts";
import { requireRoom } from "./thin.ts";
import { bytesTag } from "./volume-tags.ts";

/** Grows a volume's logical volume in place, or moves it where it must be in one piece and what follows it is taken. */
export async function grow(pool: Pool, volume: PoolVolume, bytes: number): Promise<void> {
  const { group, activation } = pool;
  const { lvm } = volume;
  const extended = await pool.exclusively(async () => {
    const more = bytes - lvm.bytes;
    if (lvm.thin) {
      await requireRoom(pool, lvm.name, more);
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

/**
 * Ends what `grow` began: what was added is cleared, devices grow, the owner's size becomes LVM's. Nothing is shown of the
 * added bytes before, so an attempt that broke off is ended the same way.
 */
export async function settle(pool: Pool, volume: PoolVolume): Promise<PoolVolume> {
  const { lvm, tags } = volume;
  // A copy-on-write snapshot's size in LVM is that of its store.
  if (lvm.origin !== undefined || tags.createdAt === undefined || lvm.bytes <= tags.bytes) return volume;
  await pool.activation.grown(pool.group, lvm, tags.bytes);
  await pool.group.replaceTag(lvm.name, bytesTag(tags.bytes), bytesTag(lvm.bytes));
  return { lvm, tags: { ...tags, bytes: lvm.bytes } };
}

// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { bindsOf } from "../mount/block-bind.ts";
import { whileFrozen } from "../mount/freeze.ts";
import { clearDevice, copyDevice } from "./device-content.ts";
import { setLoopRange } from "./loop-range.ts";
import { loopsOf } from "./loop-mapping.ts";
import { newName, oldName } from "./move-names.ts";
import type { PoolVolume } from "./pool-volume.ts";
import type { PoolVolumes } from "./pool-volumes.ts";
import { createdTag, tagsFor } from "./volume-tags.ts";

/**
 * Moves a one-piece volume to a larger piece of the same physical device, also while its filesystem is mounted: it is frozen,
 * copied, and its loop devices are turned to the copy. A block device in use cannot be frozen and is not moved.
 */
export async function moveLarger(pool: PoolVolumes, volume: PoolVolume, bytes: number): Promise<void> {
  const { group, activation } = pool;
  const { lvm, tags } = volume;
  const id = lvm.name;
  await finishMove(pool, id);
  const wasOpen = (await pool.opened(volume)) !== undefined;
  const device = await pool.open(volume);
  if ((await bindsOf(device)).length > 0) {
    const why =
      "the space behind it is taken, and a block volume in use cannot be moved without device-mapper";
    throw new CsiError("RESOURCE_EXHAUSTED", `${id}: ${why}; it can be while no pod uses it`);
  }
  const spec = { ...tags, id, poolClass: pool.poolClass };
  const cut = await pool.space.cut({
    name: newName(id),
    bytes,
    tags: tagsFor(tags.driverName, spec),
    extra: activation.cutArguments,
    on: (await group.locate(lvm)).device,
  });
  const copy = { lvm: cut, tags: { ...tags, createdAt: undefined } };
  const target = await pool.open(copy);
  await clearDevice(target);
  await whileFrozen(device, async (hold) => {
    await copyDevice(device, target);
    await pool.close(copy);
    // A process that ends from here on must leave it frozen: the next one ends the move before it thaws.
    hold();
    try {
      await group.rename(id, oldName(id), activation.removeArguments);
      await commit(pool, id);
    } catch (error) {
      // Thawed between the two, the filesystem would write to the one and be read from the other later.
      await undo(pool, id);
      throw error;
    }
  });
  await finishMove(pool, id);
  const moved = await pool.find(id);
  if (!wasOpen && moved !== undefined) await pool.close(moved);
}

/** Ends a move that was interrupted: forward when the copy was complete, back when it was not. */
export async function finishMove(pool: PoolVolumes, id: string): Promise<void> {
  const old = await pool.find(oldName(id));
  if (old !== undefined) {
    await commit(pool, id);
    await pool.discard(old);
  }
  const fresh = await pool.find(newName(id));
  if (fresh !== undefined) await pool.discard(fresh);
}

/** Makes the complete copy the volume, and the devices of the old one show it. */
async function commit(pool: PoolVolumes, id: string): Promise<void> {
  const { group, activation } = pool;
  const old = await pool.find(oldName(id));
  if (old === undefined) return;
  if ((await pool.find(id)) === undefined) await group.rename(newName(id), id, activation.removeArguments);
  const moved = await pool.find(id);
  if (moved === undefined) throw new Error(`${id}: its move was interrupted, and its copy is gone`);
  if (moved.tags.createdAt === undefined && old.tags.createdAt !== undefined)
    await group.addTags(id, [createdTag(old.tags.createdAt)]);
  await turnLoops(pool, old, moved);
}

async function undo(pool: PoolVolumes, id: string): Promise<void> {
  const { group, activation } = pool;
  const old = await pool.find(oldName(id));
  if (old === undefined) return;
  const moved = await pool.find(id);
  if (moved !== undefined) {
    await turnLoops(pool, moved, old);
    await group.rename(id, newName(id), activation.removeArguments);
  }
  await group.rename(oldName(id), id, activation.removeArguments);
}

async function turnLoops({ group }: PoolVolumes, from: PoolVolume, to: PoolVolume): Promise<void> {
  const range = await group.locate(to.lvm);
  for (const { device } of await loopsOf(await group.locate(from.lvm))) await setLoopRange(device, range);
}

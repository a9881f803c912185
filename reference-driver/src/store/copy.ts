// SPDX-License-Identifier: Apache-2.0
import { bindsOf } from "../mount/block-bind.ts";
import { whileFrozen } from "../mount/freeze.ts";
import { whileQuiet } from "../mount/quiet.ts";
import { clearDevice, copyDevice } from "./device-content.ts";
import { copyOnWriteBytes } from "./extents.ts";
import type { PoolVolume } from "./pool-volume.ts";
import type { PoolVolumes } from "./pool-volumes.ts";
import { tagsFor } from "./volume-tags.ts";

/** Name of the snapshot that a volume is copied from. */
const copyName = (id: string): string => `${id}.copy`;
export const isCopy = (name: string): boolean => name.endsWith(".copy");

/** Copies a volume's bytes onto a cleared device as of one moment, which is given back. */
export async function copyVolume(
  pool: PoolVolumes,
  source: PoolVolume,
  id: string,
  to: string,
): Promise<Date> {
  const wasOpen = (await pool.opened(source)) !== undefined;
  const from = await pool.open(source);
  const live = source.tags.kind === "volume";
  try {
    return await (live && pool.activation.copyOnWrite
      ? copyBySnapshot(pool, source, id, to)
      : pool.activation.whileHeldElsewhere(pool.group, source.lvm, () => copyAtOneMoment(from, to)));
  } catch (error) {
    // An overflow in the middle of the copy is read as an I/O error.
    await pool.refuseFaulty(source);
    throw error;
  } finally {
    if (!wasOpen) await pool.close(source);
  }
}

/** Copies a volume from a copy-on-write snapshot made for it, so that its writers wait for the cut alone. */
async function copyBySnapshot(pool: PoolVolumes, source: PoolVolume, id: string, to: string): Promise<Date> {
  const { group, poolClass } = pool;
  const name = copyName(id);
  const extentBytes = await group.extentBytes();
  const whole = copyOnWriteBytes(source.lvm.bytes, extentBytes);
  const moment = new Date();
  await pool.space.exclusively(async () => {
    // Less room than for a rewrite of the whole source will do: should it overflow, the copy fails.
    const bytes = Math.max(extentBytes, Math.min(whole, (await group.space()).freeBytes));
    const tags = tagsFor(source.tags.driverName, { ...source.tags, id: name, poolClass, kind: "snapshot" });
    await pool.space.cutCopyOnWrite(source.lvm.name, { name, bytes, tags, extra: [] });
  });
  const snapshot = await pool.find(name);
  if (snapshot === undefined) throw new Error(`${name}: lvcreate succeeded, but lvs does not list it`);
  try {
    await copyDevice(await pool.open(snapshot), to);
  } finally {
    await pool.discard(snapshot);
  }
  return moment;
}

/** Copies a device as of one moment: frozen when it is mounted, quiet when it is in use. */
async function copyAtOneMoment(from: string, to: string): Promise<Date> {
  const copy = async (): Promise<Date> => {
    const moment = new Date();
    await copyDevice(from, to);
    return moment;
  };
  if ((await bindsOf(from)).length === 0) return whileFrozen(from, copy);
  // What an attempt before this one copied may be zeros by now, which a copy leaves out.
  return whileQuiet(from, async (first) => {
    if (!first) await clearDevice(to);
    return copy();
  });
}

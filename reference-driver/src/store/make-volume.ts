// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { copyVolume } from "./copy.ts";
import { createThin } from "./create-thin.ts";
import { clearDevice } from "./device-content.ts";
import { copyOnWriteBytes } from "./extents.ts";
import type { LvmVolume } from "./lvm-report.ts";
import type { PoolVolume } from "./pool-volume.ts";
import type { PoolVolumes } from "./pool-volumes.ts";
import type { VolumeSpec } from "./volume-spec.ts";
import { createdTag, tagsFor } from "./volume-tags.ts";

/**
 * Cuts a volume or snapshot and gives it its bytes.
 * @param moment what a snapshot's bytes belong to, when its source is held since before it
 * @returns the moment its bytes belong to
 */
export async function makeVolume(
  pool: PoolVolumes,
  spec: VolumeSpec,
  moment: Date | undefined,
): Promise<Date> {
  if (pool.thin) {
    if (spec.source !== undefined) await sourceOf(pool, spec);
    return createThin(pool.space, pool.driverName, spec, moment);
  }
  const copyOnWrite = spec.kind === "snapshot" && pool.activation.copyOnWrite;
  return copyOnWrite ? snapshotByLvm(pool, spec, moment) : cutAndFill(pool, spec, moment);
}

async function snapshotByLvm(pool: PoolVolumes, spec: VolumeSpec, moment: Date | undefined): Promise<Date> {
  const origin = await sourceOf(pool, spec);
  const createdAt = moment ?? new Date();
  const tags = [...tagsFor(pool.driverName, spec), createdTag(createdAt)];
  const bytes = copyOnWriteBytes(origin.lvm.bytes, await pool.group.extentBytes());
  const cut = { name: spec.id, bytes, tags, extra: [] };
  await pool.space.cutCopyOnWrite(origin.lvm.name, cut);
  return createdAt;
}

async function cutAndFill(pool: PoolVolumes, spec: VolumeSpec, moment: Date | undefined): Promise<Date> {
  const source = spec.source === undefined ? undefined : await sourceOf(pool, spec);
  const tags = tagsFor(pool.driverName, spec);
  const extra = pool.activation.cutArguments;
  const lvm = await pool.space.cut({ name: spec.id, bytes: spec.bytes, tags, extra });
  const copied = await (source === undefined ? leaveBlank(pool, lvm) : fill(pool, lvm, source));
  const createdAt = moment ?? copied;
  await pool.group.addTags(spec.id, [createdTag(createdAt)]);
  return createdAt;
}

/** @returns the moment the bytes belong to */
async function leaveBlank({ activation, group }: PoolVolumes, made: LvmVolume): Promise<Date> {
  await activation.clear(group, made);
  return new Date();
}

/** @returns the moment the bytes belong to */
async function fill(pool: PoolVolumes, made: LvmVolume, source: PoolVolume): Promise<Date> {
  const { activation, group } = pool;
  const device = await activation.open(group, made);
  // what is zeros in the source is not copied
  await clearDevice(device);
  const copied = await copyVolume(pool, source, made.name, device);
  await activation.close(group, made);
  return copied;
}

export async function sourceOf(pool: PoolVolumes, spec: VolumeSpec): Promise<PoolVolume> {
  const id = spec.source?.id ?? "";
  const source = await pool.find(id);
  if (source === undefined || pool.describe(source) === undefined) {
    throw new CsiError("NOT_FOUND", `${spec.id}: its source ${id} is not in ${pool.group.name}`);
  }
  if (source.tags.kind === "snapshot") await pool.refuseFaulty(source);
  return source;
}

// SPDX-License-Identifier: Apache-2.0
import type { LvmVolume } from "./lvm-report.ts";
import { isMoving } from "./move-names.ts";
import type { StoredVolume } from "./volume-spec.ts";
import type { TagContent } from "./volume-tags.ts";

/** A volume of this driver with LVM's row for it. */
export interface PoolVolume {
  readonly lvm: LvmVolume;
  readonly tags: TagContent;
}

/** A complete volume as its owner sees it; half-made, moved and condemned ones are none. */
export function describeVolume(
  { lvm, tags: found }: PoolVolume,
  poolClass: string,
): StoredVolume | undefined {
  const { createdAt, condemned, ...tags } = found;
  if (createdAt === undefined || condemned || isMoving(lvm.name)) return undefined;
  const { kind, bytes, source, csiName, group, readAheadKib, attachedTo } = tags;
  const owner = { group, readAheadKib, attachedTo };
  return { id: lvm.name, kind, bytes, source, csiName, ...owner, createdAt, poolClass };
}

// SPDX-License-Identifier: Apache-2.0
import type { Activation } from "./activation.ts";
import type { PoolVolume } from "./pool-volume.ts";
import type { VolumeGroup } from "./volume-group.ts";
import { bytesTag } from "./volume-tags.ts";

interface GrownWith {
  readonly group: VolumeGroup;
  readonly activation: Activation;
}

/**
 * Ends what `grow` began: what was added is cleared, devices grow, the owner's size becomes LVM's. Nothing is shown of the
 * added bytes before, so an attempt that broke off is ended the same way.
 */
export async function settle({ group, activation }: GrownWith, volume: PoolVolume): Promise<PoolVolume> {
  const { lvm, tags } = volume;
  // A copy-on-write snapshot's size in LVM is that of its store.
  if (lvm.origin !== undefined || tags.createdAt === undefined || lvm.bytes <= tags.bytes) return volume;
  await activation.grown(group, lvm, tags.bytes);
  await group.replaceTag(lvm.name, bytesTag(tags.bytes), bytesTag(lvm.bytes));
  return { lvm, tags: { ...tags, bytes: lvm.bytes } };
}

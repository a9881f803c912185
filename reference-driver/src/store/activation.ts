// SPDX-License-Identifier: Apache-2.0
import type { LvmVolume } from "./lvm-report.ts";
import type { VolumeGroup } from "./volume-group.ts";
import type { ActivationKind } from "./volume-store.ts";

/** How a logical volume becomes a block device. One per way the kernel allows. */
export interface Activation {
  readonly kind: ActivationKind;
  /** Arguments of lvcreate. */
  readonly cutArguments: readonly string[];
  /** Arguments of lvextend. */
  readonly extendArguments: readonly string[];
  /** Arguments of lvrename and lvremove. */
  readonly removeArguments: readonly string[];
  /** True when volumes must be cut in one piece. */
  readonly onePiece: boolean;
  /** True when a snapshot is a copy-on-write volume, false when it is a full copy. */
  readonly copyOnWrite: boolean;
  /** Makes the device (or finds it) and gives its path. */
  open(group: VolumeGroup, volume: LvmVolume): Promise<string>;
  /** Path of the device when it exists now. */
  opened(group: VolumeGroup, volume: LvmVolume): Promise<string | undefined>;
  /**
   * Makes (or finds) a second device over the same bytes that refuses writes, and gives its path. Making the one device
   * read-only will not do: the kernel keeps that flag when the device's number is used again.
   */
  openReadOnly(group: VolumeGroup, volume: LvmVolume): Promise<string>;
  /** Path of the read-only device when it exists now. */
  openedReadOnly(group: VolumeGroup, volume: LvmVolume): Promise<string | undefined>;
  /** Makes a volume that was just cut, and has no device yet, read as zeros. */
  clear(group: VolumeGroup, volume: LvmVolume): Promise<void>;
  /**
   * Told after LVM has grown a volume: makes its bytes from `from` on read as zeros, then the devices it has as large as it.
   */
  grown(group: VolumeGroup, volume: LvmVolume, from: number): Promise<void>;
  /**
   * Runs work while nothing written to the open device gets on, and its filesystem is whole on it. The device may not
   * answer reads meanwhile. @throws CsiError ABORTED where writes cannot be kept off and one crossed
   */
  whileHeld<T>(device: string, work: () => Promise<T>): Promise<T>;
  /** Runs work while no other node's writes to the volume get on; where no other node can reach it, simply runs it. */
  whileHeldElsewhere<T>(group: VolumeGroup, volume: LvmVolume, work: () => Promise<T>): Promise<T>;
  /** Takes the volume from all other nodes but one, whatever they are doing with it. */
  takeFromOthers(group: VolumeGroup, volume: LvmVolume, keeper: string | undefined): Promise<void>;
  /** Ends holds that a process which died left behind. */
  release(device: string): Promise<void>;
  /** Takes both devices away; nothing happens when there is none. */
  close(group: VolumeGroup, volume: LvmVolume): Promise<void>;
}

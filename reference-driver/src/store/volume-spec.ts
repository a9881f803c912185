// SPDX-License-Identifier: Apache-2.0

/** What the kernel gives a new block device. */
export const DEFAULT_READ_AHEAD_KIB = 128;

/** A logical volume is a volume that pods mount or a snapshot of one. */
export type VolumeKind = "volume" | "snapshot";

/** What a logical volume's bytes start from. */
export interface VolumeSource {
  readonly kind: VolumeKind;
  readonly id: string;
}

/** Membership of a snapshot in a group that was cut at one moment. */
export interface GroupMembership {
  readonly id: string;
  /** How many members the group has. */
  readonly size: number;
}

/** A logical volume that is wanted. */
export interface VolumeSpec {
  /** Name of the logical volume, of its custom resource and CSI id, all the same. */
  readonly id: string;
  readonly kind: VolumeKind;
  /** Class of pool it is cut from, such as `standard`. */
  readonly poolClass: string;
  /** Size in bytes; rounded up to whole extents when it is cut. */
  readonly bytes: number;
  readonly source: VolumeSource | undefined;
  /** The name the CSI caller chose. */
  readonly csiName: string;
  readonly group?: GroupMembership | undefined;
  /** How far the kernel reads ahead of a sequential reader, in KiB; unset: {@link DEFAULT_READ_AHEAD_KIB}. */
  readonly readAheadKib?: number | undefined;
}

/** A logical volume that exists and is complete. */
export interface StoredVolume extends VolumeSpec {
  /** For a snapshot the moment its bytes belong to. */
  readonly createdAt: Date;
  /** What is wrong with its bytes; undefined when nothing is known to be. */
  readonly fault?: string | undefined;
  /** The node a volume of a shared pool is attached to. */
  readonly attachedTo?: string | undefined;
}

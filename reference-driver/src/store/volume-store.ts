// SPDX-License-Identifier: Apache-2.0
import type { StoredVolume, VolumeSpec } from "./volume-spec.ts";

/** How logical volumes become block devices on this kernel. */
export type ActivationKind = "device-mapper" | "loop-mapping";

/** One pool as it stands now; sizes in bytes. */
export interface PoolUsage {
  readonly poolClass: string;
  readonly volumeGroup: string;
  readonly devices: readonly string[];
  readonly capacityBytes: number;
  readonly availableBytes: number;
  /** The largest volume that can be cut now: less than what is available when free space is in pieces. */
  readonly largestVolumeBytes: number;
  readonly volumes: readonly StoredVolume[];
}

/** The logical volumes of this node. Every operation may be repeated and gives the same end. */
export interface VolumeStore {
  readonly activation: ActivationKind;
  /** Cuts and fills a volume. RESOURCE_EXHAUSTED when there is no room, NOT_FOUND when the source is not here. */
  create(spec: VolumeSpec): Promise<StoredVolume>;
  /**
   * Grows a volume to at least this size, also while it is in use; the bytes added read as zeros. RESOURCE_EXHAUSTED when there
   * is no room, FAILED_PRECONDITION when this volume cannot grow while it is in use.
   */
  expand(id: string, bytes: number): Promise<StoredVolume>;
  /**
   * Cuts a snapshot of a source that is held from before `whenHeld` is called until the cut is done: nothing written to
   * it gets on in between. The moment `whenHeld` gives is the snapshot's.
   */
  createHeld(spec: VolumeSpec, whenHeld: () => Promise<Date>): Promise<StoredVolume>;
  /**
   * Gives a volume of a shared pool to one node, or to none: it is taken from every other, in the middle of whatever they
   * do with it. FAILED_PRECONDITION when a device cannot be taken, NOT_FOUND when the volume is not here.
   */
  attachTo(id: string, node: string | undefined): Promise<void>;
  /** Sets how far the kernel reads ahead on the volume, now and whenever it is activated. NOT_FOUND when it is not here. */
  setReadAhead(id: string, kib: number): Promise<StoredVolume>;
  /** Removes a volume; one that is not there is removed already. FAILED_PRECONDITION while it is mounted. */
  delete(id: string): Promise<void>;
  /** Where the volume is mounted or shown as a device, when it is in use. */
  usedAt(id: string): Promise<string | undefined>;
  find(id: string): Promise<StoredVolume | undefined>;
  list(): Promise<StoredVolume[]>;
  pools(): Promise<PoolUsage[]>;
  /** Makes the volume's block device and gives its path. */
  activate(id: string): Promise<string>;
  /** Makes a second device over the volume's bytes that refuses writes, and gives its path. */
  activateReadOnly(id: string): Promise<string>;
  /** Path of the volume's block device when it exists now. */
  activated(id: string): Promise<string | undefined>;
  /** Takes the volume's block devices away. */
  deactivate(id: string): Promise<void>;
  /** Runs work that no creation, copy or removal of this volume may cross. */
  exclusively<T>(id: string, work: () => Promise<T>): Promise<T>;
}

// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { Snapshot } from "./snapshot.ts";

/** A VolumeSnapshotClass this case derived from the profile's. */
export interface SnapshotClass {
  /** Name of the VolumeSnapshotClass object. */
  readonly name: string;
}

/** What differs from the profile's class. What is left out is copied. */
export interface SnapshotClassSpec {
  /** Unique within the case. */
  readonly name: string;
  readonly deletionPolicy?: "Delete" | "Retain";
  /** Taken for snapshots of this driver's volumes that name no class. */
  readonly isDefault?: boolean;
}

export interface SnapshotSpec {
  readonly name: string;
  readonly of: Claim;
  /** A class of this case, or none at all; the profile's class when left out. */
  readonly class?: SnapshotClass | "none";
}

/** A snapshot whose status says that it can be restored. */
export interface ReadySnapshot extends Snapshot {
  /** Name of the VolumeSnapshotContent it is bound to. */
  readonly content: string;
  /** The back end's id of the snapshot. */
  readonly handle: string;
  readonly createdAt: Date;
  /** `status.restoreSize`, bytes. */
  readonly restoreBytes: number;
}

export interface Snapshots {
  /** Removed after the case. */
  deriveClass(spec: SnapshotClassSpec): Promise<SnapshotClass>;
  take(spec: SnapshotSpec): Promise<Snapshot>;
  /** Ready to use, with creation time, restore size and a bound content. */
  untilReady(snapshot: Snapshot): Promise<ReadySnapshot>;
  /**
   * Proves what the status says: created between request and readiness, restore size that of the source's volume, bound to
   * a content that refers back to the snapshot, to this driver and to the source's volume.
   */
  tellsTruth(snapshot: ReadySnapshot, source: Claim): Promise<void>;
  /**
   * Asks the driver, by the profile's class, for a snapshot of another driver's volume. Resolves with the words by which the
   * snapshot's status says that the driver refuses, with undefined when it is made all the same.
   */
  takeForeign(name: string): Promise<string | undefined>;
  /** Waits until a claim is held back for a snapshot of it: before that the snapshot controller has not seen the snapshot. */
  untilProtecting(source: Claim): Promise<void>;
  /** Waits until a restore from the snapshot has begun: external-provisioner holds it back from then on. */
  untilInUse(snapshot: Snapshot): Promise<void>;
  /** Asks for deletion and does not wait. */
  delete(snapshot: Snapshot): Promise<void>;
  untilGone(snapshot: Snapshot): Promise<void>;
  /** Waits until the content a deleted snapshot was bound to is gone. */
  untilContentGone(snapshot: ReadySnapshot): Promise<void>;
  /** Whether there is such a content now. */
  hasContent(snapshot: ReadySnapshot): Promise<boolean>;
  /** Deletes the content of a snapshot that is gone; with `and: "Delete"` its policy is changed first, so that the back end's snapshot goes too. */
  deleteContent(snapshot: ReadySnapshot, and?: "Delete"): Promise<void>;
  /** Makes a VolumeSnapshot that names a content which is to be made. Not ready before that. */
  announce(name: string): Promise<Snapshot>;
  /** Makes the content that an announced snapshot names: a snapshot of the back end by its handle. */
  provide(announced: Snapshot, handle: string, mode: "Filesystem" | "Block"): Promise<void>;
  /** Sets the annotation by which a restore may change the volume mode. */
  allowModeChange(snapshot: ReadySnapshot): Promise<void>;
}

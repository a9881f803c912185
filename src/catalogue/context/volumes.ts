// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { DerivedClass } from "./classes.ts";

/** A PersistentVolume of this case's driver. */
export interface Volume {
  /** Name of the object. */
  readonly name: string;
  /** The driver's id of the volume behind it. */
  readonly handle: string;
}

export type VolumePhase = "Available" | "Bound" | "Released" | "Failed";

type ReclaimPolicy = "Delete" | "Retain";

export interface AdoptedVolumeSpec {
  /** Unique within the case. */
  readonly name: string;
  /** The volume whose object is replaced by a new one, made by hand. */
  readonly of: Volume;
  /** A claim's selector can ask for them. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The class it is offered in; that of the volume it replaces when left out. */
  readonly class?: DerivedClass;
  /** How it says where it is: by the nodeAffinity it had, the default, or by nothing but the label of its zone. */
  readonly place?: "affinity" | "zone-label";
}

/** PersistentVolume objects, for cases about their life. */
export interface Volumes {
  /** The volume of a bound claim. */
  of(claim: Claim): Promise<Volume>;
  untilPhase(volume: Volume, phase: VolumePhase): Promise<void>;
  /** Waits until the object is gone. */
  untilGone(volume: Volume): Promise<void>;
  setReclaimPolicy(volume: Volume, policy: ReclaimPolicy): Promise<void>;
  /** Takes away the reference to the claim that is gone, as an administrator does who wants to use the volume again. */
  clearClaim(volume: Volume): Promise<void>;
  /** Deletes the object of a Retain volume, and makes another by hand for the same volume of the driver. */
  adopt(spec: AdoptedVolumeSpec): Promise<Volume>;
  /** Asks for the object's deletion and returns when the API says that it is being deleted. */
  requestDeletion(volume: Volume): Promise<void>;
  /** Whether the object is there and not being deleted, being deleted, or gone. */
  state(volume: Volume): Promise<"present" | "being deleted" | "gone">;
}

// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { BindingMode, VolumeMode } from "./modes.ts";
import type { Snapshot } from "./snapshot.ts";
import type { DerivedClass } from "./classes.ts";
import type { Volume } from "./volumes.ts";

/** `spec.accessModes` of a claim. */
type AccessMode = "ReadWriteOnce" | "ReadOnlyMany" | "ReadWriteMany" | "ReadWriteOncePod";

export interface ClaimSpec<B extends BindingMode> {
  readonly name: string;
  /** A class of the profile, or one this case derived. */
  readonly class: B | DerivedClass<B>;
  /** Default 64. */
  readonly megabytes?: number;
  /** Default `Filesystem`. */
  readonly mode?: VolumeMode;
  /** Restore this snapshot, or clone this claim. */
  readonly from?: Snapshot | Claim;
  /** Default `ReadWriteOnce`. */
  readonly accessMode?: AccessMode;
  /** The one volume that will do, by name. */
  readonly volume?: Volume;
  /** Labels that the volume must have, for volumes made by hand. */
  readonly selector?: Readonly<Record<string, string>>;
}

export interface Claims<B extends BindingMode> {
  create(spec: ClaimSpec<B>): Promise<Claim>;
  untilBound(claim: Claim): Promise<void>;
  /** Waits for a warning event of the claim that has these words, and proves that it has no volume. */
  untilRefused(claim: Claim, words: RegExp): Promise<void>;
  /** Waits for a warning event of the claim that has these words. */
  untilWarned(claim: Claim, words: RegExp): Promise<void>;
  /** Asks for deletion and does not wait. */
  delete(claim: Claim): Promise<void>;
  /** Waits until claim and volume are gone; with the policy Delete the back end's volume too. */
  untilGone(claim: Claim): Promise<void>;
  /** The back end's id of a bound claim's volume. */
  volumeHandle(claim: Claim): Promise<string>;
  /** Deletes the claim and waits until it is gone; its volume may stay. */
  remove(claim: Claim): Promise<void>;
  /** Whether the claim is there and not being deleted, being deleted, or gone. */
  state(claim: Claim): Promise<"present" | "being deleted" | "gone">;
  /**
   * Waits for the claim's event `WaitForFirstConsumer`, then proves that nothing was provisioned for it:
   * the claim is Pending, has no volume and no `selected-node`, and no PersistentVolume refers to it.
   */
  staysUnprovisioned(claim: Claim): Promise<void>;
  /** The claim of a StatefulSet's replica. @throws CheckFailed when it does not exist. */
  named(name: string): Promise<Claim>;
}

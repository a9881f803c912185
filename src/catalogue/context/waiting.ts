// SPDX-License-Identifier: Apache-2.0

/** A pod of this case that was created and not waited for. */
export interface CreatedPod {
  readonly name: string;
  readonly uid: string;
}

/** Why the scheduler leaves a pod Pending, in its own terms. */
export type PendingReason =
  /** The nodes that are left do not match the nodeAffinity of a bound PersistentVolume. */
  | "volume-affinity"
  /** The nodes that are left do not match the zone label of a bound PersistentVolume. */
  | "volume-zone"
  /** No node can have all volumes of the pod's unbound claims: no existing one fits and the class admits none. */
  | "no-volume"
  /** Too little free storage, by the driver's capacity objects or the driver's scheduler extender. */
  | "no-room"
  /** The nodes that are left can use no more volumes of the driver. */
  | "too-many-volumes"
  /** A claim of the pod is not bound, and its class does not wait for pods. */
  | "claim-unbound"
  /** A ReadWriteOncePod claim is in use by another pod. */
  | "claim-in-use";

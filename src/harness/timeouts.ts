// SPDX-License-Identifier: Apache-2.0
import type {
  TimeoutName as DriverTimeoutName,
  Timeouts as DriverTimeouts,
} from "../driver/profile-timeouts.ts";

/** Waits for Kubernetes itself, which no profile may lengthen; milliseconds. */
const ownTimeouts = {
  /** The event `WaitForFirstConsumer` comes with the volume controller's first look at the claim, or its 15 s resync. */
  consumerAwaited: 30_000,
  /** external-provisioner asks the driver every minute unless its flags say otherwise. */
  capacityReported: 100_000,
  /** kube-controller-manager makes the account that a namespace's pods run as; a busy machine lets it wait. */
  namespaceReady: 120_000,
  /** The scheduler looks at a new pod at once; after a change it may be backing off, at most 10 s. */
  podUnschedulable: 60_000,
  /** The controllers say why they refuse at their first or second try; with back-off the third comes within seconds. */
  refused: 60_000,
  /** A container killed or a pod made anew starts with the images that are on its node, after a back-off of 10 s. */
  driverBack: 180_000,
  /** The node controller waits 50 s for a kubelet that was silent, and looks every 5 s. */
  nodeMissed: 120_000,
  /** A kubelet that starts reports within its period of 10 s. */
  nodeReady: 120_000,
  /** A node plug-in that starts anew is taken off CSINode and put back, after its volumes work again. */
  nodeRegistered: 60_000,
  /** The kubelet measures the volumes of a pod within two minutes of its start, and once a minute then. */
  statsReported: 200_000,
  /** A discoverer looks at its folder every ten seconds or so; it cleans a volume before it offers it again. */
  staticOffered: 90_000,
  /** A volume that another case is making appears in the API as soon as its driver call has been answered. */
  volumeKnown: 30_000,
} as const;

/** Every named wait of the harness. */
export type TimeoutName = DriverTimeoutName | keyof typeof ownTimeouts;

/** Milliseconds for each. */
export type Timeouts = Readonly<Record<TimeoutName, number>>;

/** The complete table: the profile's seconds beside the kit's own. */
export function completeTimeouts(profile: DriverTimeouts): Timeouts {
  const milliseconds = Object.entries(profile).map(([name, seconds]) => [name, seconds * 1000]);
  return { ...ownTimeouts, ...(Object.fromEntries(milliseconds) as Record<DriverTimeoutName, number>) };
}

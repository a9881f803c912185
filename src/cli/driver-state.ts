// SPDX-License-Identifier: Apache-2.0
import type { HostFacts } from "../cluster/host.ts";
import type { RunningCluster } from "../cluster/provider.ts";
import type { DriverCopy } from "../driver/driver-copy.ts";
import type { DriverProfile } from "../driver/profile.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import { KitError } from "../support/errors.ts";

/** A driver on its way into a cluster, whoever runs the cluster. */
export interface DriverState {
  readonly profile: DriverProfile;
  readonly profileFile: string;
  readonly signal: AbortSignal;
  /** Set when the driver goes beside others as a copy under its own name. */
  readonly copy?: DriverCopy;
  /** Set in a worker of several on one cluster: which part is its own, and whether no other runs. */
  readonly part?: { readonly runId: string; readonly alone: boolean };
  /** Of this machine, where the nodes are on it. */
  facts?: HostFacts;
  cluster?: RunningCluster;
  /** True when this run made the cluster, which is then this run's to remove. */
  created?: boolean;
  kube?: KubeClient;
  /** Names of the images the nodes have, or can get. */
  probeImage?: string;
  driverImage?: string | undefined;
  /** Where cases are run by pods of the cluster. */
  kitImage?: string;
}

/** @throws KitError when the cluster step has not run */
export function needCluster(state: DriverState): { cluster: RunningCluster; kube: KubeClient } {
  const { cluster, kube } = state;
  if (cluster === undefined || kube === undefined)
    throw new KitError("STEP_ORDER", "a step ran before the cluster step");
  return { cluster, kube };
}

/** @throws KitError when the driver step has not run */
export function needProbe(state: DriverState): string {
  if (state.probeImage !== undefined) return state.probeImage;
  throw new KitError("STEP_ORDER", "a step ran before the driver step");
}

/** @throws KitError when the step that gives the nodes the kit's image has not run */
export function needKitImage(state: DriverState): string {
  if (state.kitImage !== undefined) return state.kitImage;
  throw new KitError("STEP_ORDER", "a step ran before the kit's image was there");
}

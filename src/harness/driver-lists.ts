// SPDX-License-Identifier: Apache-2.0
import type { RunningCluster } from "../cluster/provider.ts";
import type { DriverProfile } from "../driver/profile.ts";
import { openKube } from "../kube/kube-client.ts";
import { askForList } from "./socket-lister.ts";

/** The driver that is deployed, and what asks it. */
interface Asked {
  readonly profile: DriverProfile;
  readonly probeImage: string;
  readonly kitVersion: string;
  readonly signal?: AbortSignal;
}

/** Whether a driver whose profile names no other way lists its volumes, and its snapshots when it claims to make some. */
export async function driverLists(
  { kubeconfig, canReachNodes }: Pick<RunningCluster, "kubeconfig" | "canReachNodes">,
  { profile: { spec }, probeImage, kitVersion, signal }: Asked,
): Promise<boolean> {
  if (spec.backEnd !== undefined || spec.sockets === undefined || !canReachNodes) return false;
  const kube = openKube(kubeconfig, `seaworthy/${kitVersion}`, { signal });
  const target = { sockets: spec.sockets, driver: spec.driver.name, probeImage, signal };
  const listed = await askForList(kube, target).catch(() => undefined);
  signal?.throwIfAborted();
  // a call that fails is there: a skip would hide it, and the cases tell of it in the driver's words
  if (listed === undefined) return true;
  if (listed.volumes === null) return false;
  return listed.snapshots !== null || !spec.features.includes("snapshot");
}

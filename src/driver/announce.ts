// SPDX-License-Identifier: Apache-2.0
import type { KubeClient } from "../kube/kube-client.ts";
import { type Announcement, announcement } from "./announcement.ts";
import type { DriverProfile } from "./profile.ts";
import { askSockets, closeSocketPods } from "./socket-pod.ts";

/**
 * Asks the driver over its own sockets what it can do, from a pod on the controller's node.
 * @returns undefined when the profile names no sockets
 */
export async function announce(
  kube: KubeClient,
  profile: DriverProfile,
  probeImage: string,
  signal?: AbortSignal,
): Promise<Announcement | undefined> {
  const { sockets, driver } = profile.spec;
  if (sockets === undefined) return undefined;
  // a run that was cut off may have left one with an older image
  await closeSocketPods(kube, driver.name);
  try {
    const target = { sockets, driver: driver.name, probeImage, signal };
    return announcement.parse(await askSockets(kube, target, "announce"));
  } finally {
    await closeSocketPods(kube, driver.name);
  }
}

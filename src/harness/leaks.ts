// SPDX-License-Identifier: Apache-2.0
import type { BackEndItem } from "../catalogue/context/back-end.ts";
import type { Holdings } from "../kube/reap.ts";

/** Ids in the back end that belong to a case's volumes and snapshots. */
export function handlesOf({ volumes, contents }: Holdings): string[] {
  const ofVolumes = volumes.flatMap((volume) => volume.spec.csi?.volumeHandle ?? []);
  const ofContents = contents.flatMap((content) => content.status?.snapshotHandle ?? []);
  return [...new Set([...ofVolumes, ...ofContents])];
}

/** What the back end still holds of them, in words. */
export function findLeaks(handles: readonly string[], held: readonly BackEndItem[]): string[] {
  return held.filter((item) => handles.includes(item.id)).map(({ id, node }) => `${id} on ${node}`);
}

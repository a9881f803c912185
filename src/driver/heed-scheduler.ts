// SPDX-License-Identifier: Apache-2.0
import type { SchedulerSources } from "../cluster/provider.ts";
import type { NewObject } from "../kube/objects.ts";

/** Tells kube-scheduler not to heed a driver's capacity objects where the cluster's shape says so. Other objects stay as they are. */
export function heedScheduler(object: NewObject, sources: SchedulerSources): NewObject {
  if (object.kind !== "CSIDriver" || sources.capacityObjects) return object;
  return { ...object, spec: { ...(object["spec"] as object), storageCapacity: false } };
}

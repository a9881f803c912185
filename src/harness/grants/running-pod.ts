// SPDX-License-Identifier: Apache-2.0
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import type { Pod } from "../../kube/objects.ts";

/** What a case gets to know of a pod. */
export function toRunningPod({ metadata, spec }: Pod): RunningPod {
  const claim = spec.volumes?.flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? [])[0];
  return {
    name: metadata.name,
    uid: metadata.uid,
    node: spec.nodeName ?? "",
    ...(claim === undefined ? {} : { claim }),
    ...(spec.containers[0]?.volumeDevices === undefined ? {} : { mode: "Block" }),
  };
}

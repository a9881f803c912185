// SPDX-License-Identifier: Apache-2.0
import type { PersistentVolume } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";

/**
 * Has a volume that was to be kept deleted with what is behind it. Only a volume whose claim is gone is ever reclaimed,
 * so one without a claim is given to a claim that does not exist.
 */
export async function freeVolume(run: CaseRun, name: string): Promise<void> {
  const found = await run.kube.find(resources.volumes, { name });
  if (found === undefined) return;
  const gone = { namespace: run.namespace, name: "gone", uid: found.metadata.uid };
  const claimRef = found.spec.claimRef === undefined ? { claimRef: gone } : {};
  const spec = { persistentVolumeReclaimPolicy: "Delete", ...claimRef };
  await run.kube.patch(resources.volumes, { name }, { spec });
  const wait = { ...waitFor(run, "backEndClean", `volume ${name} to be gone`), signal: undefined };
  await untilObject(
    run.kube,
    { resource: resources.volumes, name },
    wait,
    (volume: PersistentVolume | undefined) =>
      volume === undefined
        ? { done: true, value: undefined }
        : { done: false, seen: volume.status?.phase ?? "no phase" },
  );
}

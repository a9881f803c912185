// SPDX-License-Identifier: Apache-2.0
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import type { CreatedPod, PendingReason } from "../../catalogue/context/waiting.ts";
import { describePod, isPodReady, whyUnschedulable } from "../../kube/conditions.ts";
import type { Pod } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObjects } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { saysReason } from "../scheduler-words.ts";
import { toRunningPod } from "./running-pod.ts";

/** How a crowd of pods is to end up. */
interface Expected {
  readonly running: number;
  readonly reason: PendingReason;
}

/** Waits for a state that lasts: so many pods run, and for each of the others the scheduler has given the reason. */
export async function settled(
  run: CaseRun,
  pods: readonly CreatedPod[],
  { running, reason }: Expected,
): Promise<readonly RunningPod[]> {
  const uids = new Set(pods.map(({ uid }) => uid));
  const what = `${String(running)} of ${String(pods.length)} pods to run and the others to wait (${reason})`;
  const target = { resource: resources.pods, selection: { namespace: run.namespace } };
  return untilObjects<Pod, readonly RunningPod[]>(
    run.kube,
    target,
    waitFor(run, "podReady", what),
    (found) => {
      const own = [...found.values()].filter(({ metadata }) => uids.has(metadata.uid));
      const ready = own.filter(isPodReady);
      const seen = own.map((pod) => `${pod.metadata.name} ${describePod(pod)}`).join("; ");
      if (ready.length > running)
        throw new CheckFailed(`No more than ${String(running)} of the pods run`, String(running), seen);
      const waiting = own.filter((pod) => saysReason(whyUnschedulable(pod) ?? "", reason));
      return ready.length === running && ready.length + waiting.length === pods.length
        ? { done: true, value: ready.map(toRunningPod) }
        : { done: false, seen };
    },
  );
}

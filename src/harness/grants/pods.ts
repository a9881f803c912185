// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "../../catalogue/context/claim.ts";
import type { Pods, PodSpec } from "../../catalogue/context/pods.ts";
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import type { CreatedPod, PendingReason } from "../../catalogue/context/waiting.ts";
import { describePod, isPodEnded, isPodReady, whyUnschedulable } from "../../kube/conditions.ts";
import type { NewObject } from "../../kube/objects.ts";
import { podLabel } from "../../kube/labels.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { explained, waitFor, type CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { probePodSpec, type ProbePodOptions } from "../probe-pod.ts";
import { saysReason } from "../scheduler-words.ts";
import { affinityOf, hostnameOf } from "./pod-affinity.ts";
import { toRunningPod } from "./running-pod.ts";
import { settled } from "./settled-pods.ts";
import { untilClaimBound } from "./claims.ts";
import { applyManner } from "./pod-manner.ts";

/** CPU that each idle pod of a crowd sets aside: enough for the scheduler to prefer any other node. */
const crowdCpu = "300m";
const crowdSize = 2;

export function grantPods(run: CaseRun): Pods {
  return {
    start: async (spec) => {
      const { name, claim } = spec;
      await createPod(run, name, optionsOf(run, spec));
      return claim === undefined ? untilPodReady(run, name) : untilReadyWithClaim(run, name, claim.name);
    },
    create: (spec) => createPod(run, spec.name, optionsOf(run, spec)),
    staysPending: (pod, reason) => staysPending(run, pod, reason),
    settled: (pods, expected) => settled(run, pods, expected),
    delete: async (pod) => {
      await requestDeletion(run, pod);
      await untilPodGone(run, pod);
    },
    requestDeletion: (pod) => requestDeletion(run, pod),
    untilGone: (pod) => untilPodGone(run, pod),
    untilReady: (name) => untilPodReady(run, name),
    crowd: async (nodes) => {
      const crowd = nodes.flatMap((node) =>
        Array.from({ length: crowdSize }, (_unused, n) => ({
          node: node.name,
          name: `crowd-${node.name}-${String(n)}`,
        })),
      );
      await Promise.all(
        crowd.map(async ({ node, name }) => {
          await createPod(run, name, { cpu: crowdCpu, nodeSelector: hostnameOf(run, node) });
          await untilPodReady(run, name);
        }),
      );
    },
  };
}

function dataOf({ name, mode }: Claim) {
  return { claim: name, ...(mode === undefined ? {} : { mode }) };
}

/** Waits for Ready and records how long scheduling and starting took. */
async function untilPodReady(run: CaseRun, name: string): Promise<RunningPod> {
  const started = performance.now();
  let scheduled: number | undefined;
  const wait = waitFor(run, "podReady", `pod ${name} to be Ready`);
  const waiting = untilObject(
    run.kube,
    { resource: resources.pods, namespace: run.namespace, name },
    wait,
    (pod) => {
      if (pod?.spec.nodeName !== undefined) scheduled ??= performance.now();
      if (pod !== undefined && isPodEnded(pod))
        throw new CheckFailed(`Pod ${name} runs`, "Running", describePod(pod));
      return pod !== undefined && isPodReady(pod)
        ? { done: true, value: pod }
        : { done: false, seen: describePod(pod) };
    },
  );
  const ready = await explained(run, [name], waiting);
  const between = scheduled ?? started;
  run.phases.push({ name: `pod ${name}: created → scheduled`, durationMs: Math.round(between - started) });
  run.phases.push({
    name: `pod ${name}: scheduled → ready`,
    durationMs: Math.round(performance.now() - between),
  });
  return toRunningPod(ready);
}

/** The claim's binding is watched beside the pod for its time alone: a claim that never binds shows as a pod that never runs. */
async function untilReadyWithClaim(run: CaseRun, name: string, claim: string): Promise<RunningPod> {
  const observing = new AbortController();
  const bound = untilClaimBound(run, claim, AbortSignal.any([run.signal, observing.signal])).catch(
    () => undefined,
  );
  try {
    return await explained(run, [claim], untilPodReady(run, name));
  } finally {
    observing.abort(new Error("the pod's story has ended"));
    await bound;
  }
}

function optionsOf(
  run: CaseRun,
  { claim, also, on, among, nodeSelector, apartFrom, prefers, manner }: PodSpec,
): ProbePodOptions {
  return {
    nodeSelector: { ...nodeSelector, ...(on === undefined ? {} : hostnameOf(run, on)) },
    ...(claim === undefined ? {} : { data: dataOf(claim) }),
    affinity: affinityOf(run, { apartFrom, prefers, among }),
    ...(also === undefined ? {} : { also: also.map(({ name }) => name) }),
    ...(manner === undefined ? {} : { manner }),
  };
}

async function createPod(run: CaseRun, name: string, options: ProbePodOptions): Promise<CreatedPod> {
  const metadata = { name, namespace: run.namespace, labels: { ...run.labels, [podLabel]: name } };
  const pod: NewObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata,
    spec: applyManner(run, probePodSpec(run.settings.probeImage, options), options.manner),
  };
  const { metadata: made } = await run.kube.create(resources.pods, pod, run);
  return { name, uid: made.uid };
}

/** The scheduler's verdict is in the pod's condition, which it renews with each attempt: no clock has to say when to look. */
async function staysPending(run: CaseRun, { name }: CreatedPod, reason: PendingReason): Promise<void> {
  const wait = waitFor(
    run,
    "podUnschedulable",
    `the scheduler to give ${reason} as the reason for pod ${name}`,
  );
  const target = { resource: resources.pods, namespace: run.namespace, name };
  await untilObject(run.kube, target, wait, (pod) => {
    if (pod?.spec.nodeName !== undefined)
      throw new CheckFailed(`Pod ${name} stays Pending (${reason})`, "no node", describePod(pod));
    const message = pod === undefined ? "no such pod" : whyUnschedulable(pod);
    return message !== undefined && saysReason(message, reason)
      ? { done: true, value: undefined }
      : { done: false, seen: message ?? "the scheduler has said nothing" };
  });
}

async function requestDeletion(run: CaseRun, { name }: CreatedPod): Promise<void> {
  await run.kube.delete(resources.pods, { namespace: run.namespace, name }, run);
}

async function untilPodGone(run: CaseRun, { name, uid }: CreatedPod): Promise<void> {
  const started = performance.now();
  const wait = waitFor(run, "podGone", `pod ${name} to be gone`);
  const waiting = untilObject(
    run.kube,
    { resource: resources.pods, namespace: run.namespace, name },
    wait,
    (pod) =>
      pod?.metadata.uid === uid ? { done: false, seen: describePod(pod) } : { done: true, value: undefined },
  );
  await explained(run, [name], waiting);
  run.phases.push({
    name: `pod ${name}: deleted → gone`,
    durationMs: Math.round(performance.now() - started),
  });
}

// SPDX-License-Identifier: Apache-2.0
import type { BindingMode } from "../../catalogue/context/modes.ts";
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import type { StatefulSet, StatefulSets, StatefulSetSpec } from "../../catalogue/context/stateful-sets.ts";
import { describePod, isPodReady } from "../../kube/conditions.ts";
import type { NewObject, Pod } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObjects } from "../../kube/watch.ts";
import { explained, waitFor, type CaseRun } from "../case-run.ts";
import { probePodSpec } from "../probe-pod.ts";
import { claimSpec } from "./claims.ts";
import { toRunningPod } from "./running-pod.ts";

export function grantStatefulSets(run: CaseRun): StatefulSets<BindingMode> {
  return {
    create: async (spec) => {
      await run.kube.create(resources.statefulSets, setObject(run, spec), run);
      await untilPods(run, spec.name, spec.replicas);
      return { name: spec.name, template: spec.template };
    },
    scale: async (set, replicas) => {
      await run.kube.patch(
        resources.statefulSets,
        { namespace: run.namespace, name: set.name },
        { spec: { replicas } },
        run,
      );
      await untilPods(run, set.name, replicas);
    },
    pods: (set, replicas) => untilPods(run, set.name, replicas),
  };
}

/** The pods by ordinal, once exactly so many are there and all are Ready. */
async function untilPods(
  run: CaseRun,
  set: StatefulSet["name"],
  replicas: number,
): Promise<readonly RunningPod[]> {
  const started = performance.now();
  const names = Array.from({ length: replicas }, (_unused, ordinal) => `${set}-${String(ordinal)}`);
  const target = { resource: resources.pods, selection: { namespace: run.namespace, labels: `app=${set}` } };
  const wait = waitFor(
    run,
    "statefulSetSettled",
    `StatefulSet ${set} to have ${String(replicas)} Ready pods`,
  );
  const waiting = untilObjects<Pod, readonly RunningPod[]>(run.kube, target, wait, (found) => {
    const pods = [...found.values()];
    const ready = names.flatMap(
      (name) => pods.find((pod) => pod.metadata.name === name && isPodReady(pod)) ?? [],
    );
    if (ready.length === replicas && pods.length === replicas)
      return { done: true, value: ready.map(toRunningPod) };
    const seen = pods.map((pod) => `${pod.metadata.name} ${describePod(pod)}`).join("; ") || "no pods";
    return { done: false, seen };
  });
  const pods = await explained(run, [set, ...names], waiting);
  run.phases.push({
    name: `set ${set}: until ${String(replicas)} pods`,
    durationMs: Math.round(performance.now() - started),
  });
  return pods;
}

function setObject(run: CaseRun, spec: StatefulSetSpec<BindingMode>): NewObject {
  const labels = { ...run.labels, app: spec.name };
  const apart = { labelSelector: { matchLabels: { app: spec.name } }, topologyKey: spec.apartBy };
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } };
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: spec.name, namespace: run.namespace, labels: run.labels },
    spec: {
      replicas: spec.replicas,
      serviceName: spec.name,
      podManagementPolicy: "Parallel",
      selector: { matchLabels: { app: spec.name } },
      template: {
        metadata: { labels },
        spec: probePodSpec(run.settings.probeImage, { data: { template: spec.template }, affinity }),
      },
      volumeClaimTemplates: [
        {
          metadata: { name: spec.template, labels: run.labels },
          spec: claimSpec(run, spec.class, spec.megabytes),
        },
      ],
    },
  };
}

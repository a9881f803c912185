// SPDX-License-Identifier: Apache-2.0
import type { Power } from "../../catalogue/context/power.ts";
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import type { NodePower } from "../../cluster/node-power.ts";
import { describeNodeReady, describePod, isNodeReady, isPodReady } from "../../kube/conditions.ts";
import type { Pod } from "../../kube/objects.ts";
import { isNotBefore } from "../../kube/kube-time.ts";
import { returnToService, takeOutOfService } from "../../kube/out-of-service.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject, untilObjects } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { driverContainer, isNodePlugin } from "./driver-pods.ts";
import { untilNodeBack } from "./node-back.ts";

export function grantPower(run: CaseRun): Power {
  const off = new Set<string>();
  const givenUp = new Set<string>();
  /** Container ids of pods whose node was cut off, by the pod's uid. */
  const before = new Map<string, readonly string[]>();
  const restore = async (node: string): Promise<void> => {
    const since = Date.now();
    await machineOf(run).restore(node);
    await untilNodeBack(run, node, since);
    if (givenUp.delete(node)) await returnToService(run.kube, node);
    await untilPluginRuns(run, node, since);
    off.delete(node);
  };
  return {
    cut: async (node) => {
      const selection = { namespace: run.namespace, fields: `spec.nodeName=${node}` };
      const { items } = await run.kube.list(resources.pods, selection, run);
      for (const pod of items) before.set(pod.metadata.uid, containerIds(pod));
      off.add(node);
      run.cleanup.addHarm(`give ${node} its power back`, async () => {
        if (off.has(node)) await restore(node);
      });
      await machineOf(run).cut(node);
    },
    untilMissed: (node) => untilMissed(run, node),
    restore,
    untilRunsAgain: (pod) => untilRunsAgain(run, pod, before.get(pod.uid) ?? []),
    giveUp: async (node) => {
      if (!off.has(node)) throw new KitError("NODE_POWER", `node ${node} has power: it is not given up`);
      givenUp.add(node);
      await takeOutOfService(run.kube, node, run.settings.driver.name);
    },
  };
}

function machineOf({ cluster }: CaseRun): NodePower {
  if (cluster.power !== undefined) return cluster.power;
  throw new KitError("NODE_POWER", "the nodes of this cluster are not the kit's to switch off");
}

async function untilMissed(run: CaseRun, name: string): Promise<void> {
  const wait = waitFor(run, "nodeMissed", `node ${name} to be missed`);
  await untilObject(run.kube, { resource: resources.nodes, name }, wait, (node) =>
    node !== undefined && isNodeReady(node)
      ? { done: false, seen: describeNodeReady(node) }
      : { done: true, value: undefined },
  );
}

/** What a pod said before its node was cut off still stands in the API, so its container must have started since. */
async function untilPluginRuns(run: CaseRun, node: string, since: number): Promise<void> {
  const what = `the node plug-in on ${node} to run again`;
  const wait = { ...waitFor(run, "driverBack", what), signal: undefined };
  const target = { resource: resources.pods, selection: { fields: `spec.nodeName=${node}` } };
  await untilObjects<Pod, undefined>(run.kube, target, wait, (pods) => {
    const plugins = [...pods.values()].filter((pod) => isNodePlugin(run, pod));
    const runs = plugins.some((pod) => {
      const startedAt = Date.parse(driverContainer(pod)?.state?.running?.startedAt ?? "");
      return isPodReady(pod) && isNotBefore(startedAt, since);
    });
    return runs
      ? { done: true, value: undefined }
      : { done: false, seen: plugins.map(describePod).join("; ") || "no pod" };
  });
}

async function untilRunsAgain(run: CaseRun, pod: RunningPod, before: readonly string[]): Promise<void> {
  const wait = waitFor(run, "podReady", `pod ${pod.name} to run again on ${pod.node}`);
  const target = { resource: resources.pods, namespace: run.namespace, name: pod.name };
  await untilObject(run.kube, target, wait, (found) => {
    const isNew = found !== undefined && !containerIds(found).some((id) => before.includes(id));
    return found?.metadata.uid === pod.uid && isPodReady(found) && isNew
      ? { done: true, value: undefined }
      : { done: false, seen: describePod(found) };
  });
}

function containerIds({ status }: Pod): string[] {
  return (status?.containerStatuses ?? []).flatMap(({ containerID }) => containerID ?? []);
}

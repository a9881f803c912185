// SPDX-License-Identifier: Apache-2.0
import { setTimeout as pause } from "node:timers/promises";
import type { RunningCluster } from "../../src/cluster/provider.ts";
import { isPodReady } from "../../src/kube/conditions.ts";
import type { KubeClient } from "../../src/kube/kube-client.ts";
import type { Pod } from "../../src/kube/objects.ts";
import { resources } from "../../src/kube/resources.ts";

/** Milliseconds between two kills: a container that dies again soon is held back by the kubelet for longer and longer. */
const pace = 15_000;

/** Where the parts are that all copies share: LVM manager and scheduler extender. */
const sharedNamespace = "seaworthy-driver";
const shared: readonly string[] = ["manager", "extender"];

/** A container that runs. */
interface Target {
  readonly what: string;
  readonly node: string;
  readonly id: string;
}

/**
 * Kills with SIGKILL, one after another, what the case leaves alone: sidecars, discoverer, manager, extender.
 * @returns how often each was killed
 */
export async function killOthers(
  cluster: RunningCluster,
  kube: KubeClient,
  namespace: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const kills = new Map<string, number>();
  while (!signal.aborted) {
    const targets = await othersOf(kube, namespace);
    const next = targets.sort((a, b) => (kills.get(a.what) ?? 0) - (kills.get(b.what) ?? 0))[0];
    if (next !== undefined) {
      const kill = ["ctr", "--namespace=k8s.io", "tasks", "kill", "--signal=SIGKILL", next.id] as const;
      // it may have ended by itself in between
      const { exitCode } = await cluster.exec(next.node, kill, { allowFailure: true });
      if (exitCode === 0) kills.set(next.what, (kills.get(next.what) ?? 0) + 1);
    }
    await pause(pace, undefined, { signal }).catch(() => undefined);
  }
  return kills;
}

async function othersOf(kube: KubeClient, namespace: string): Promise<Target[]> {
  const [own, common] = await Promise.all([
    kube.list(resources.pods, { namespace }),
    kube.list(resources.pods, { namespace: sharedNamespace }),
  ]);
  const parts = common.items.filter((pod) => shared.includes(componentOf(pod)));
  return [...own.items, ...parts].filter(isPodReady).flatMap((pod) => targetsIn(pod));
}

function targetsIn(pod: Pod): Target[] {
  const component = componentOf(pod);
  return (pod.status?.containerStatuses ?? [])
    .filter(({ name }) => name !== "driver" || !["controller", "node"].includes(component))
    .flatMap(({ name, containerID }) => {
      const id = containerID?.replace(/^containerd:\/\//, "");
      return id === undefined ? [] : [{ what: `${component}/${name}`, node: pod.spec.nodeName ?? "", id }];
    });
}

function componentOf({ metadata }: Pod): string {
  return metadata.labels?.["app.kubernetes.io/component"] ?? "";
}

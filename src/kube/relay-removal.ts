// SPDX-License-Identifier: Apache-2.0
import type { KubeClient } from "./kube-client.ts";
import type { Workload } from "./objects.ts";
import { type Resource, resources } from "./resources.ts";

/** On a workload: its containers as they were before a relay was put between them, JSON. */
export const beforeRelay = "seaworthy.dev/before-relay";

/** Gives a workload its own containers back; one without a relay is left as it is. */
export async function takeRelayOut(
  kube: KubeClient,
  resource: Resource,
  { metadata }: Workload,
): Promise<void> {
  const before = metadata.annotations?.[beforeRelay];
  if (before === undefined) return;
  const place = { namespace: metadata.namespace ?? "", name: metadata.name };
  await kube.patch(resource, place, {
    metadata: { annotations: { [beforeRelay]: null } },
    spec: { template: { spec: { containers: JSON.parse(before) as unknown } } },
  });
}

/** Takes out every relay that a run that crashed left in a namespace. */
export async function takeRelaysOut(kube: KubeClient, namespaces: readonly string[]): Promise<void> {
  for (const namespace of namespaces) {
    for (const resource of [resources.deployments, resources.statefulSets]) {
      const { items } = await kube.list(resource, { namespace });
      await Promise.all(items.map((workload) => takeRelayOut(kube, resource, workload)));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import type { KubeClient } from "./kube-client.ts";
import { cordonLabel } from "./labels.ts";
import { resources } from "./resources.ts";

/** Closes a node to new pods and says in the same write for which driver's run, so that a later run can undo it after a crash. */
export async function cordonNode(kube: KubeClient, name: string, driver: string): Promise<void> {
  const change = { metadata: { labels: { [cordonLabel]: driver } }, spec: { unschedulable: true } };
  await kube.patch(resources.nodes, { name }, change);
}

/** Opens a node that {@link cordonNode} closed; one that is open stays so. */
export async function uncordonNode(kube: KubeClient, name: string): Promise<void> {
  const change = { metadata: { labels: { [cordonLabel]: null } }, spec: { unschedulable: null } };
  await kube.patch(resources.nodes, { name }, change);
}

/** Opens every node that a run against this driver closed and did not open again. */
export async function uncordonAll(kube: KubeClient, driver: string): Promise<void> {
  const { items } = await kube.list(resources.nodes, { labels: `${cordonLabel}=${driver}` });
  await Promise.all(items.map(({ metadata }) => uncordonNode(kube, metadata.name)));
}

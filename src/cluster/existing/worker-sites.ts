// SPDX-License-Identifier: Apache-2.0
import { type KubeClient, openKube } from "../../kube/kube-client.ts";
import { resources } from "../../kube/resources.ts";
import { untilObjects } from "../../kube/watch.ts";

/** On everything that a run in the cluster adds to it: the driver it is about. */
export const workersLabel = "seaworthy.dev/workers-for";

/** Milliseconds for a namespace with a few pods. */
const patience = 120_000;

/**
 * Removes the namespaces that workers of runs run in, and waits until nothing of them runs; their account's cluster-wide
 * rights are owned by the namespace and go with it. Returns the namespaces' names.
 */
export async function removeWorkerSites(kube: KubeClient, driver: string): Promise<string[]> {
  const selection = { labels: `${workersLabel}=${driver}` };
  const { items } = await kube.list(resources.namespaces, selection);
  const names = items.map(({ metadata }) => metadata.name);
  if (names.length === 0) return [];
  await Promise.all(names.map((name) => removeSite(kube, name)));
  const wait = { what: `workers in ${names.join(", ")} to be gone`, timeout: patience, named: "objectsGone" };
  await untilObjects(kube, { resource: resources.namespaces, selection }, wait, (left) =>
    left.size === 0
      ? { done: true, value: undefined }
      : { done: false, seen: [...left.values()].map(({ metadata }) => metadata.name).join(", ") },
  );
  return names;
}

/**
 * The Job goes first: it holds a failed pod until it has made another, which it cannot in a namespace that is being
 * deleted, and the namespace waits for its pods before it deletes anything else.
 */
async function removeSite(kube: KubeClient, namespace: string): Promise<void> {
  const { items } = await kube.list(resources.jobs, { namespace });
  await Promise.all(items.map(({ metadata: { name } }) => kube.delete(resources.jobs, { namespace, name })));
  await kube.delete(resources.namespaces, { name: namespace });
}

/** Removes the workers of runs against a driver from the cluster of a kubeconfig. */
export async function stopWorkers(kubeconfig: string, driver: string): Promise<void> {
  await removeWorkerSites(openKube(kubeconfig, "seaworthy"), driver);
}

/** Whether workers of runs against a driver are in the cluster. */
export async function hasWorkers(kubeconfig: string, driver: string): Promise<boolean> {
  const selection = { labels: `${workersLabel}=${driver}` };
  return (await openKube(kubeconfig, "seaworthy").list(resources.namespaces, selection)).items.length > 0;
}

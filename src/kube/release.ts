// SPDX-License-Identifier: Apache-2.0
import type { KubeClient } from "./kube-client.ts";
import { driverLabel } from "./labels.ts";
import type { KubeObject } from "./objects.ts";
import { listContents } from "./reap.ts";
import { type Resource, resources } from "./resources.ts";

/** Removes what runs against a driver left behind when the driver itself is gone, so that nobody takes the finalizers off any more. */
export async function releaseRuns(kube: KubeClient, driver: string): Promise<void> {
  const { items } = await kube.list(resources.namespaces, { labels: `${driverLabel}=${driver}` });
  await Promise.all(items.map(({ metadata }) => releaseNamespace(kube, metadata.name)));
  const volumes = await kube.list(resources.volumes);
  const contents = await listContents(kube);
  await Promise.all([
    ...volumes.items
      .filter(({ spec }) => spec.csi?.driver === driver)
      .map(releasing(kube, resources.volumes)),
    ...contents.filter(({ spec }) => spec.driver === driver).map(releasing(kube, resources.contents)),
  ]);
}

async function releaseNamespace(kube: KubeClient, namespace: string): Promise<void> {
  const { items } = await kube.list(resources.pods, { namespace });
  await Promise.all(
    items.map(({ metadata }) =>
      kube.delete(resources.pods, { namespace, name: metadata.name }, { gracePeriod: 0 }),
    ),
  );
  await releaseAll(kube, resources.claims, namespace);
  await releaseAll(kube, resources.snapshots, namespace).catch(() => undefined);
  await kube.delete(resources.namespaces, { name: namespace });
}

async function releaseAll(kube: KubeClient, resource: Resource, namespace: string): Promise<void> {
  const { items } = await kube.list(resource, { namespace });
  await Promise.all(items.map(releasing(kube, resource)));
}

function releasing(kube: KubeClient, resource: Resource): (object: KubeObject) => Promise<void> {
  return async ({ metadata }) => {
    const { name, namespace, finalizers = [] } = metadata;
    const place = namespace === undefined ? { name } : { namespace, name };
    await kube.delete(resource, place);
    // gone meanwhile is as good as released
    if (finalizers.length > 0)
      await kube.patch(resource, place, { metadata: { finalizers: null } }).catch(() => undefined);
  };
}

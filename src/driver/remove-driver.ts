// SPDX-License-Identifier: Apache-2.0
import { findResource } from "../kube/discovery.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import type { KubeObject, NewObject } from "../kube/objects.ts";
import type { Resource } from "../kube/resources.ts";

/** Removes a copy of a driver: its own objects and what it recorded in custom resources; definitions stay, other copies use them. */
export async function removeDriver(
  kube: KubeClient,
  driverName: string,
  objects: readonly NewObject[],
): Promise<void> {
  const definitions = objects.filter((object) => object.kind === "CustomResourceDefinition");
  const own = objects.filter((object) => object.kind !== "CustomResourceDefinition");
  await Promise.all(
    own.map(async (object) => {
      const resource = await findResource(kube, object.apiVersion, object.kind);
      await kube.delete(resource, object.metadata);
    }),
  );
  for (const definition of definitions) await removeRecords(kube, definition as Definition, driverName);
}

interface Definition extends NewObject {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly { readonly name: string }[];
  };
}

interface DriverRecord extends KubeObject {
  readonly spec?: { readonly driverName?: string };
}

/** With its node agents gone nobody takes the finalizers off. */
async function removeRecords(kube: KubeClient, { spec }: Definition, driverName: string): Promise<void> {
  const resource: Resource<DriverRecord> = {
    apiVersion: `${spec.group}/${spec.versions[0]?.name ?? ""}`,
    kind: spec.names.kind,
    plural: spec.names.plural,
    namespaced: spec.scope === "Namespaced",
  };
  const { items } = await kube.list(resource);
  await Promise.all(
    items
      .filter((record) => record.spec?.driverName === driverName)
      .map(async ({ metadata }) => {
        await kube.delete(resource, metadata);
        if ((metadata.finalizers ?? []).length === 0) return;
        await kube.patch(resource, metadata, { metadata: { finalizers: null } }).catch(() => undefined);
      }),
  );
}

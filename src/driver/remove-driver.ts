// SPDX-License-Identifier: Apache-2.0
import { findResource } from "../kube/discovery.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import type { KubeObject, NewObject } from "../kube/objects.ts";
import type { Resource } from "../kube/resources.ts";
import { untilObjects } from "../kube/watch.ts";

/** Removes a copy of a driver: its own objects and what it recorded in custom resources; definitions stay, other copies use them. */
export async function removeDriver(
  kube: KubeClient,
  driverName: string,
  objects: readonly NewObject[],
): Promise<void> {
  const definitions = objects.filter(isDefinition);
  const own = objects.filter((object) => !isDefinition(object));
  await Promise.all(
    own.map(async (object) => {
      const resource = await findResource(kube, object.apiVersion, object.kind);
      await kube.delete(resource, object.metadata);
    }),
  );
  for (const definition of definitions) await removeRecords(kube, definition, driverName);
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
async function removeRecords(kube: KubeClient, definition: Definition, driverName: string): Promise<void> {
  const resource = resourceOf(definition);
  await Promise.all(
    (await recordsOf(kube, resource, driverName)).map(async ({ metadata }) => {
      await kube.delete(resource, metadata);
      if ((metadata.finalizers ?? []).length === 0) return;
      await kube.patch(resource, metadata, { metadata: { finalizers: null } }).catch(() => undefined);
    }),
  );
}

/**
 * Has a driver that stays remove what its records hold: those with finalizers stand for something in its back end.
 * @param timeout milliseconds
 * @throws KitError `WAIT_TIMEOUT` when they are not gone by then
 */
export async function removeHeldRecords(
  kube: KubeClient,
  driverName: string,
  objects: readonly NewObject[],
  timeout: number,
): Promise<void> {
  const isHeld = ({ metadata, spec }: DriverRecord): boolean =>
    spec?.driverName === driverName && (metadata.finalizers ?? []).length > 0;
  const gone = objects.filter(isDefinition).map(async (definition) => {
    const resource = resourceOf(definition);
    const held = (await kube.list(resource)).items.filter(isHeld);
    await Promise.all(held.map(({ metadata }) => kube.delete(resource, metadata)));
    if (held.length === 0) return;
    const wait = { what: `${resource.plural} of ${driverName} to be gone`, timeout, named: "objectsGone" };
    await untilObjects(kube, { resource, selection: {} }, wait, (left) => {
      const names = [...left.values()].filter(isHeld).map(({ metadata }) => metadata.name);
      return names.length === 0
        ? { done: true, value: undefined }
        : { done: false, seen: `still there: ${names.join(", ")}` };
    });
  });
  await Promise.all(gone);
}

function isDefinition(object: NewObject): object is Definition {
  return object.kind === "CustomResourceDefinition";
}

function resourceOf({ spec }: Definition): Resource<DriverRecord> {
  return {
    apiVersion: `${spec.group}/${spec.versions[0]?.name ?? ""}`,
    kind: spec.names.kind,
    plural: spec.names.plural,
    namespaced: spec.scope === "Namespaced",
  };
}

async function recordsOf(
  kube: KubeClient,
  resource: Resource<DriverRecord>,
  driverName: string,
): Promise<DriverRecord[]> {
  const { items } = await kube.list(resource);
  return items.filter((record) => record.spec?.driverName === driverName);
}

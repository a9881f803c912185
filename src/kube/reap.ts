// SPDX-License-Identifier: Apache-2.0
import { uncordonAll } from "./cordon.ts";
import type { KubeClient, Selection } from "./kube-client.ts";
import { caseLabel, driverLabel, provisionedBy, runLabel } from "./labels.ts";
import type { KubeObject, PersistentVolume } from "./objects.ts";
import type { VolumeSnapshotContent } from "./snapshot-objects.ts";
import { resources, type Resource } from "./resources.ts";
import { untilObjects, type Look, type Wait } from "./watch.ts";

/** What a namespace's claims and snapshots hold in the back end. */
export interface Holdings {
  readonly volumes: readonly PersistentVolume[];
  readonly contents: readonly VolumeSnapshotContent[];
}

export interface ReapOptions {
  /** Milliseconds for each kind to be gone. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /** Release snapshots that a claim deleted in mid-provisioning left protected; not for a case that may still pass. */
  readonly force?: boolean;
}

/** Set by external-provisioner on a snapshot while it restores from it; it stays when the claim is deleted meanwhile. */
export const restoreFinalizer = "provisioner.storage.kubernetes.io/volumesnapshot-as-source-protection";

/** The cluster-wide objects that belong to claims and snapshots of a namespace. */
export async function findHoldings(kube: KubeClient, namespace: string): Promise<Holdings> {
  const [volumes, contents] = await Promise.all([kube.list(resources.volumes), listContents(kube)]);
  return {
    volumes: volumes.items.filter((one) => one.spec.claimRef?.namespace === namespace),
    contents: contents.filter((one) => one.spec.volumeSnapshotRef.namespace === namespace),
  };
}

/** All snapshot contents; none where the snapshot API is not installed. */
export async function listContents(kube: KubeClient): Promise<readonly VolumeSnapshotContent[]> {
  return (await servesSnapshots(kube)) ? (await kube.list(resources.contents)).items : [];
}

async function servesSnapshots(kube: KubeClient): Promise<boolean> {
  return serves(kube, "volumesnapshotcontents.snapshot.storage.k8s.io");
}

async function serves(kube: KubeClient, name: string): Promise<boolean> {
  return (await kube.find(resources.definitions, { name })) !== undefined;
}

/**
 * Deletes everything in a namespace from the users down to the used, waits until each kind is gone,
 * then the namespace. Quicker than deleting the namespace, which retries by clock.
 */
export async function emptyNamespace(
  kube: KubeClient,
  namespace: string,
  options: ReapOptions,
): Promise<void> {
  const { volumes, contents } = await findHoldings(kube, namespace);
  await Promise.all(
    volumes.filter(isKept).map(({ metadata: { name } }) => kube.patch(resources.volumes, { name }, toDelete)),
  );
  await deleteAll(kube, resources.statefulSets, { namespace });
  await deleteAll(kube, resources.pods, { namespace });
  await untilNone(kube, resources.pods, { namespace }, options);
  const hasSnapshots = await servesSnapshots(kube);
  if (hasSnapshots) await condemnSnapshots(kube, namespace, contents);
  await deleteAll(kube, resources.claims, { namespace });
  await untilNone(kube, resources.claims, { namespace }, options);
  await deleteHandMade(kube, volumes);
  if (hasSnapshots && options.force === true) await releaseSnapshots(kube, namespace);
  await untilGone(kube, resources.volumes, volumes, options);
  // One that was provided and never bound goes with no snapshot.
  await Promise.all(contents.map(({ metadata }) => kube.delete(resources.contents, { name: metadata.name })));
  await untilGone(kube, resources.contents, contents, options);
  await kube.delete(resources.namespaces, { name: namespace });
}

interface ReapRunsOptions extends ReapOptions {
  /** Only of this run; of all when left out. */
  readonly run?: string;
  /** Open nodes that are closed to new pods. Default true. */
  readonly reopen?: boolean;
}

/** Deletes what runs against a driver left behind: their namespaces and classes. Returns the namespaces' names. */
export async function reapRuns(
  kube: KubeClient,
  driver: string,
  options: ReapRunsOptions,
): Promise<string[]> {
  const labels = `${options.run === undefined ? runLabel : `${runLabel}=${options.run}`},${driverLabel}=${driver}`;
  if (options.reopen !== false) await uncordonAll(kube, driver);
  const { items } = await kube.list(resources.namespaces, { labels });
  const names = items
    .filter((one) => one.metadata.labels?.[caseLabel] !== undefined)
    .map((one) => one.metadata.name);
  await Promise.all(names.map((name) => emptyNamespace(kube, name, { ...options, force: true })));
  await untilNone(kube, resources.namespaces, { labels }, options);
  await deleteAll(kube, resources.classes, { labels });
  if (await servesSnapshots(kube)) await deleteAll(kube, resources.snapshotClasses, { labels });
  return names;
}

/** What a case made by hand for a driver that is not there, no provisioner deletes, whatever its reclaim policy says. */
async function deleteHandMade(kube: KubeClient, volumes: readonly PersistentVolume[]): Promise<void> {
  const handMade = volumes.filter(
    ({ metadata: { labels, annotations } }) =>
      labels?.[runLabel] !== undefined && annotations?.[provisionedBy] === undefined,
  );
  await Promise.all(handMade.map(({ metadata: { name } }) => kube.delete(resources.volumes, { name })));
}

/** A snapshot that is not ready holds its source claim back, and a content that is kept the back end's snapshot. */
async function condemnSnapshots(
  kube: KubeClient,
  namespace: string,
  contents: Holdings["contents"],
): Promise<void> {
  const kept = contents.filter(({ spec }) => spec.deletionPolicy === "Retain");
  const policy = { spec: { deletionPolicy: "Delete" } };
  await Promise.all(
    kept.map(({ metadata }) => kube.patch(resources.contents, { name: metadata.name }, policy)),
  );
  // The members of a group are protected as long as it is there.
  if (await serves(kube, "volumegroupsnapshots.groupsnapshot.storage.k8s.io"))
    await deleteAll(kube, resources.groupSnapshots, { namespace });
  await deleteAll(kube, resources.snapshots, { namespace });
}

/** A volume that its policy keeps would outlive the namespace for ever. */
const toDelete = { spec: { persistentVolumeReclaimPolicy: "Delete" } };

function isKept({ spec }: PersistentVolume): boolean {
  return spec.persistentVolumeReclaimPolicy === "Retain";
}

async function releaseSnapshots(kube: KubeClient, namespace: string): Promise<void> {
  const { items } = await kube.list(resources.snapshots, { namespace });
  const held = items.filter(({ metadata }) => metadata.finalizers?.includes(restoreFinalizer));
  await Promise.all(
    held.map(({ metadata }) => {
      const finalizers = metadata.finalizers?.filter((one) => one !== restoreFinalizer);
      return kube.patch(
        resources.snapshots,
        { namespace, name: metadata.name },
        { metadata: { finalizers } },
      );
    }),
  );
}

async function deleteAll(kube: KubeClient, resource: Resource, selection: Selection): Promise<void> {
  const { items } = await kube.list(resource, selection);
  await Promise.all(
    items.map(({ metadata }) => kube.delete(resource, { ...selection, name: metadata.name })),
  );
}

async function untilNone(
  kube: KubeClient,
  resource: Resource,
  selection: Selection,
  options: ReapOptions,
): Promise<void> {
  const where = selection.namespace ?? selection.labels ?? "the cluster";
  await untilObjects(
    kube,
    { resource, selection },
    waitFor(`${resource.plural} of ${where} to be gone`, options),
    (objects) => left([...objects.values()]),
  );
}

async function untilGone(
  kube: KubeClient,
  resource: Resource,
  gone: readonly KubeObject[],
  options: ReapOptions,
): Promise<void> {
  if (gone.length === 0) return;
  const uids = new Set(gone.map(({ metadata }) => metadata.uid));
  const wait = waitFor(
    `${resource.plural} ${gone.map(({ metadata }) => metadata.name).join(", ")} to be gone`,
    options,
  );
  await untilObjects(kube, { resource, selection: {} }, wait, (objects) =>
    left([...objects.values()].filter(({ metadata }) => uids.has(metadata.uid))),
  );
}

function waitFor(what: string, options: ReapOptions): Wait {
  return { what, timeout: options.timeout, named: "objectsGone", signal: options.signal };
}

function left(objects: readonly KubeObject[]): Look<undefined> {
  if (objects.length === 0) return { done: true, value: undefined };
  const names = objects.map(({ metadata }) => {
    const held = metadata.finalizers?.length ? ` (finalizers ${metadata.finalizers.join(", ")})` : "";
    return `${metadata.name}${metadata.deletionTimestamp === undefined ? "" : " being deleted"}${held}`;
  });
  return { done: false, seen: `still there: ${names.join("; ")}` };
}

// SPDX-License-Identifier: Apache-2.0
import type {
  CapacityObject,
  CsiDriver,
  CsiNode,
  Definition,
  Job,
  KubeEvent,
  KubeObject,
  Node,
  NodeLocalStorage,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
  VolumeAttachment,
  VolumeGroupSnapshot,
  VolumeSnapshotClass,
  Workload,
} from "./objects.ts";
import type { VolumeSnapshot, VolumeSnapshotContent } from "./snapshot-objects.ts";

/** A kind of object and where the API serves it. `T` is what it sends. */
export interface Resource<T extends KubeObject = KubeObject> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Type only; never set. */
  readonly sends?: T;
}

/** One object, or all of a namespace or the cluster. */
export interface Place {
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

const snapshotApi = "snapshot.storage.k8s.io/v1";

/** The kinds the kit works with. */
export const resources = {
  namespaces: define("v1", "Namespace", "namespaces", false),
  serviceAccounts: define("v1", "ServiceAccount", "serviceaccounts", true),
  nodes: define<Node>("v1", "Node", "nodes", false),
  leases: define("coordination.k8s.io/v1", "Lease", "leases", true),
  pods: define<Pod>("v1", "Pod", "pods", true),
  claims: define<PersistentVolumeClaim>("v1", "PersistentVolumeClaim", "persistentvolumeclaims", true),
  volumes: define<PersistentVolume>("v1", "PersistentVolume", "persistentvolumes", false),
  events: define<KubeEvent>("v1", "Event", "events", true),
  statefulSets: define<Workload>("apps/v1", "StatefulSet", "statefulsets", true),
  jobs: define<Job>("batch/v1", "Job", "jobs", true),
  deployments: define<Workload>("apps/v1", "Deployment", "deployments", true),
  daemonSets: define<Workload>("apps/v1", "DaemonSet", "daemonsets", true),
  storageClasses: define<StorageClass>("storage.k8s.io/v1", "StorageClass", "storageclasses", false),
  csiDrivers: define<CsiDriver>("storage.k8s.io/v1", "CSIDriver", "csidrivers", false),
  csiNodes: define<CsiNode>("storage.k8s.io/v1", "CSINode", "csinodes", false),
  classes: define<StorageClass>("storage.k8s.io/v1", "StorageClass", "storageclasses", false),
  localStorages: define<NodeLocalStorage>(
    "local.seaworthy.dev/v1alpha1",
    "NodeLocalStorage",
    "nodelocalstorages",
    false,
  ),
  capacities: define<CapacityObject>("storage.k8s.io/v1", "CSIStorageCapacity", "csistoragecapacities", true),
  attachments: define<VolumeAttachment>("storage.k8s.io/v1", "VolumeAttachment", "volumeattachments", false),
  snapshots: define<VolumeSnapshot>(snapshotApi, "VolumeSnapshot", "volumesnapshots", true),
  groupSnapshots: define<VolumeGroupSnapshot>(
    "groupsnapshot.storage.k8s.io/v1",
    "VolumeGroupSnapshot",
    "volumegroupsnapshots",
    true,
  ),
  snapshotClasses: define<VolumeSnapshotClass>(
    snapshotApi,
    "VolumeSnapshotClass",
    "volumesnapshotclasses",
    false,
  ),
  contents: define<VolumeSnapshotContent>(
    snapshotApi,
    "VolumeSnapshotContent",
    "volumesnapshotcontents",
    false,
  ),
  definitions: define<Definition>(
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    "customresourcedefinitions",
    false,
  ),
} as const;

/** The API path of an object or a collection. */
export function pathOf(resource: Resource, { namespace, name, subresource }: Place): string {
  const root = resource.apiVersion.includes("/")
    ? `/apis/${resource.apiVersion}`
    : `/api/${resource.apiVersion}`;
  const scope = resource.namespaced && namespace !== undefined ? ["namespaces", namespace] : [];
  const parts = [...scope, resource.plural, name, subresource].filter((part) => part !== undefined);
  return [root, ...parts.map(encodeURIComponent)].join("/");
}

/** `pods sw-1/a`, for messages. */
export function describePlace(resource: Resource, { namespace, name }: Place): string {
  return [resource.plural, [namespace, name].filter((part) => part !== undefined).join("/")]
    .filter((part) => part !== "")
    .join(" ");
}

function define<T extends KubeObject = KubeObject>(
  apiVersion: string,
  kind: string,
  plural: string,
  namespaced: boolean,
): Resource<T> {
  return { apiVersion, kind, plural, namespaced };
}

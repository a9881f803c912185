// SPDX-License-Identifier: Apache-2.0
import { EventEmitter, once } from "node:events";
import type { KubeConfig, KubernetesObject } from "@kubernetes/client-node";
import { GROUP, VERSION } from "../cluster/resources.ts";
import type { LogicalVolume, NodeLocalStorage } from "../cluster/resources.ts";
import type {
  Claim,
  Holdings,
  Lookup,
  Node,
  PersistentVolume,
  StorageClass,
  VolumeSnapshot,
  VolumeSnapshotContent,
} from "./objects.ts";
import { watchObjects } from "../cluster/watch-objects.ts";
import type { ObjectWatch } from "../cluster/watch-objects.ts";

const SNAPSHOTS = "snapshot.storage.k8s.io/v1";
const OURS = `${GROUP}/${VERSION}`;

/** All that the extender knows of the cluster, by watch. */
export interface ClusterView extends Lookup, Holdings {
  /** True once all has been seen without which an answer would be a guess. */
  ready(): boolean;
  /** Resolves at the next change of anything, or after this many milliseconds. */
  changed(atMostMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the watches. */
export function watchCluster(config: KubeConfig): ClusterView {
  const changes = new EventEmitter().setMaxListeners(0);
  const tell = (): void => void changes.emit("change");
  const watch = <T extends KubernetesObject>(apiVersion: string, kind: string, plural: string) =>
    watchObjects<T>(config, { apiVersion, kind, plural }, tell);

  const claims = watch<Claim & KubernetesObject>("v1", "PersistentVolumeClaim", "persistentvolumeclaims");
  const volumes = watch<PersistentVolume & KubernetesObject>("v1", "PersistentVolume", "persistentvolumes");
  const nodes = watch<Node & KubernetesObject>("v1", "Node", "nodes");
  const classes = watch<StorageClass & KubernetesObject>(
    "storage.k8s.io/v1",
    "StorageClass",
    "storageclasses",
  );
  const storages = watch<NodeLocalStorage & KubernetesObject>(OURS, "NodeLocalStorage", "nodelocalstorages");
  const records = watch<LogicalVolume & KubernetesObject>(OURS, "LogicalVolume", "logicalvolumes");
  // A cluster may have no snapshots: these are not waited for.
  const snapshots = watch<VolumeSnapshot & KubernetesObject>(SNAPSHOTS, "VolumeSnapshot", "volumesnapshots");
  const contents = watch<VolumeSnapshotContent & KubernetesObject>(
    SNAPSHOTS,
    "VolumeSnapshotContent",
    "volumesnapshotcontents",
  );
  const needed: readonly ObjectWatch<KubernetesObject>[] = [
    claims,
    volumes,
    nodes,
    classes,
    storages,
    records,
  ];

  return {
    claim: (namespace, name) => claims.objects.get(name, namespace),
    storageClass: (name) => classes.objects.get(name),
    volume: (name) => volumes.objects.get(name),
    snapshot: (namespace, name) => snapshots.objects.get(name, namespace),
    snapshotContent: (name) => contents.objects.get(name),
    record: (id) => records.objects.get(id),
    claims: () => claims.objects.list(),
    storages: () => storages.objects.list(),
    records: () => records.objects.list(),
    nodes: () => nodes.objects.list(),
    ready: () => needed.every((one) => one.synced()),
    changed: async (atMostMs) => {
      const signal = AbortSignal.timeout(atMostMs);
      await once(changes, "change", { signal }).catch(() => undefined);
    },
    stop: async () => {
      await Promise.all([...needed, snapshots, contents].map((one) => one.stop()));
    },
  };
}

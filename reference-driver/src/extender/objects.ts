// SPDX-License-Identifier: Apache-2.0
import type { LogicalVolume, NodeLocalStorage, ResourceObject } from "../cluster/resources.ts";

/** Objects of the API server, each as far as the extender reads it. */
export interface Pod extends ResourceObject {
  spec?: {
    volumes?: readonly {
      name: string;
      persistentVolumeClaim?: { claimName: string };
      ephemeral?: object;
    }[];
  };
}

export interface Claim extends ResourceObject {
  spec?: {
    storageClassName?: string;
    volumeName?: string;
    volumeMode?: string;
    resources?: { requests?: Readonly<Record<string, string>> };
    dataSource?: ObjectReference;
    dataSourceRef?: ObjectReference;
  };
}

interface ObjectReference {
  kind: string;
  name: string;
}

export interface StorageClass extends ResourceObject {
  provisioner: string;
  parameters?: Readonly<Record<string, string>>;
  volumeBindingMode?: string;
}

export interface PersistentVolume extends ResourceObject {
  spec?: { csi?: { volumeHandle: string } };
}

export type Node = ResourceObject;

/** snapshot.storage.k8s.io/v1, as far as a restore's home is found by it. */
export interface VolumeSnapshot extends ResourceObject {
  spec: { source: { persistentVolumeClaimName?: string; volumeSnapshotContentName?: string } };
  status?: { boundVolumeSnapshotContentName?: string };
}

export interface VolumeSnapshotContent extends ResourceObject {
  spec: { source: { snapshotHandle?: string } };
  status?: { snapshotHandle?: string };
}

/** What the extender looks things up in. Each answers undefined for what does not exist. */
export interface Lookup {
  claim(namespace: string, name: string): Claim | undefined;
  storageClass(name: string): StorageClass | undefined;
  volume(name: string): PersistentVolume | undefined;
  snapshot(namespace: string, name: string): VolumeSnapshot | undefined;
  snapshotContent(name: string): VolumeSnapshotContent | undefined;
  record(id: string): LogicalVolume | undefined;
}

/** The objects whose sum is the state of all pools. */
export interface Holdings {
  claims(): readonly Claim[];
  storages(): readonly NodeLocalStorage[];
  records(): readonly LogicalVolume[];
  nodes(): readonly Node[];
}

/** `namespace/name`, as people write it. */
export function fullName({ metadata }: ResourceObject): string {
  return `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;
}

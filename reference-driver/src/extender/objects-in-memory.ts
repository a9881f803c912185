// SPDX-License-Identifier: Apache-2.0
// Objects for tests, given as data: the shapes that the API server sends, without what nothing here reads.
import type { LogicalVolume, LogicalVolumeStatus, NodeLocalStorage } from "../cluster/resources.ts";
import type { Claim, Holdings, Lookup, Pod, VolumeSnapshot, VolumeSnapshotContent } from "./objects.ts";

export const MIB = 1024 ** 2;
export const DRIVER = "local.seaworthy.dev";
const BIND_LATE = "WaitForFirstConsumer";

/** Everything a test's cluster holds. */
export interface Contents {
  readonly claims?: readonly Claim[];
  readonly storages?: readonly NodeLocalStorage[];
  readonly records?: readonly LogicalVolume[];
  readonly snapshots?: readonly VolumeSnapshot[];
  readonly snapshotContents?: readonly VolumeSnapshotContent[];
}

/** A cluster of nodes n1 to n3 in zones a, a and b, with the classes below. */
export function clusterOf(contents: Contents): Lookup & Holdings {
  const { claims = [], storages = [], records = [], snapshots = [], snapshotContents = [] } = contents;
  const named = <T extends { metadata?: { name?: string } }>(
    list: readonly T[],
    name: string,
  ): T | undefined => list.find((item) => item.metadata?.name === name);
  return {
    claims: () => claims,
    storages: () => storages,
    records: () => records,
    nodes: () => NODES,
    claim: (namespace, name) =>
      claims.find((claim) => claim.metadata?.namespace === namespace && claim.metadata.name === name),
    storageClass: (name) => named(CLASSES, name),
    // A volume is called after its record here.
    volume: (name) => ({ metadata: { name }, spec: { csi: { driver: DRIVER, volumeHandle: name } } }),
    snapshot: (_namespace, name) => named(snapshots, name),
    snapshotContent: (name) => named(snapshotContents, name),
    record: (id) => named(records, id),
  };
}

const zones = { n1: "a", n2: "a", n3: "b" } as const;
const NODES = Object.entries(zones).map(([name, zone]) => ({
  metadata: {
    name,
    labels: { "kubernetes.io/hostname": name, "topology.kubernetes.io/zone": zone, other: "x" },
  },
}));

const CLASSES = [
  storageClass("local", DRIVER, {}),
  storageClass("fast", DRIVER, { poolClass: "fast" }),
  storageClass("xfs", DRIVER, { "csi.storage.k8s.io/fstype": "xfs" }),
  { ...storageClass("immediate", DRIVER, {}), volumeBindingMode: "Immediate" },
  storageClass("foreign", "other.example.com", {}),
  storageClass("zonal", "zonal.seaworthy.dev", {}),
];

function storageClass(name: string, provisioner: string, parameters: Record<string, string>) {
  return { metadata: { name }, provisioner, parameters, volumeBindingMode: BIND_LATE };
}

/** What a claim of a test says beside its name, which is its uid too. */
export interface ClaimFields {
  readonly mebibytes?: number;
  readonly storageClass?: string;
  readonly selectedNode?: string;
  readonly volumeMode?: string;
  readonly volumeName?: string;
  readonly from?: { readonly kind: string; readonly name: string };
}

export function claimOf(name: string, fields: ClaimFields = {}): Claim {
  const { mebibytes = 64, storageClass: className = "local", selectedNode, volumeName, from } = fields;
  const annotations =
    selectedNode === undefined ? {} : { "volume.kubernetes.io/selected-node": selectedNode };
  return {
    metadata: { namespace: "ns", name, uid: name, annotations },
    spec: {
      storageClassName: className,
      resources: { requests: { storage: `${String(mebibytes)}Mi` } },
      ...(fields.volumeMode === undefined ? {} : { volumeMode: fields.volumeMode }),
      ...(volumeName === undefined ? {} : { volumeName }),
      ...(from === undefined ? {} : { dataSource: from }),
    },
  };
}

export function podOf(...claimNames: string[]): Pod {
  const volumes = claimNames.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));
  return {
    metadata: { namespace: "ns", name: `pod-of-${claimNames.join("-")}` },
    spec: { volumes },
  };
}

/** What a pool of a test has; sizes in MiB. */
export interface StorageFields {
  readonly available: number;
  readonly largest?: number;
  readonly poolClass?: string;
  readonly heartbeat?: Date;
  readonly volumes?: readonly string[];
  readonly driverName?: string;
  readonly topology?: Record<string, string>;
}

export function storageOf(node: string, fields: StorageFields): NodeLocalStorage {
  const {
    available,
    largest = available,
    poolClass = "standard",
    heartbeat = new Date(),
    volumes = [],
  } = fields;
  const { driverName = DRIVER, topology = { "kubernetes.io/hostname": node } } = fields;
  return {
    metadata: { name: `${node}.${poolClass}.${driverName}` },
    spec: { driverName, node, poolClass },
    status: {
      capacity: 1024 * MIB,
      allocatable: 1024 * MIB,
      available: available * MIB,
      largestVolume: largest * MIB,
      volumeGroup: `vg-${node}`,
      devices: [],
      activation: "loop-mapping",
      topology,
      logicalVolumes: volumes.map((name) => ({ name, kind: "volume", bytes: MIB })),
      heartbeat: heartbeat.toISOString(),
    },
  };
}

export function recordOf(
  id: string,
  node: string,
  mebibytes: number,
  status?: LogicalVolumeStatus,
): LogicalVolume {
  const spec = {
    driverName: DRIVER,
    node,
    poolClass: "standard",
    kind: "volume",
    bytes: mebibytes * MIB,
    csiName: id,
  } as const;
  return { metadata: { name: id }, spec, ...(status === undefined ? {} : { status }) };
}

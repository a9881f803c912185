// SPDX-License-Identifier: Apache-2.0
import type { Segments } from "../csi/messages.ts";
import type { GroupMembership, VolumeKind, VolumeSource } from "../store/volume-spec.ts";
import type { ActivationKind } from "../store/volume-store.ts";

/** API group of the driver's custom resources. */
export const GROUP = "local.seaworthy.dev";
export const VERSION = "v1alpha1";
/** Keeps a record until the node that holds the bytes has removed them. */
export const FINALIZER = "local.seaworthy.dev/node-agent";
/** Label by which each instance of the driver finds its own records. */
export const DRIVER_LABEL = "local.seaworthy.dev/driver";

/** What each object of the API server has; of its metadata what this driver reads or writes. */
export interface ResourceObject {
  apiVersion?: string;
  kind?: string;
  metadata?: {
    name?: string;
    namespace?: string;
    uid?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
    creationTimestamp?: Date;
    deletionTimestamp?: Date;
    resourceVersion?: string;
    generation?: number;
  };
}

/** A volume or snapshot that is to be, or is, on one node. The object's name is the volume's id. */
export interface LogicalVolume extends ResourceObject {
  spec: {
    driverName: string;
    node: string;
    poolClass: string;
    kind: VolumeKind;
    bytes: number;
    csiName: string;
    source?: VolumeSource;
    group?: GroupMembership;
    /** RFC 3339. The order to cut, given when all sources of the group are held. */
    cutAt?: string;
    readAheadKib?: number;
    /** The node a volume of a shared pool is to be attached to. */
    attachedTo?: string;
  };
  status?: LogicalVolumeStatus;
}

export interface LogicalVolumeStatus {
  /** Frozen: a group's member whose source is held, waiting for the order to cut. */
  phase?: "Pending" | "Frozen" | "Ready" | "Failed";
  /** gRPC code of a failure; of the last expansion when the phase is Ready. */
  code?: string | null;
  message?: string | null;
  bytes?: number;
  /** Generation of the object whose size was last worked on. */
  observedGeneration?: number;
  /** The node it is attached to: no other can write to it. */
  attachedTo?: string;
  /** What the volume's device was last set to. */
  readAheadKib?: number;
  /** RFC 3339 with milliseconds. */
  createdAt?: string;
}

/** What a node's agent reports of one pool; sizes in bytes. */
export interface PoolFigures {
  capacity: number;
  allocatable: number;
  available: number;
  largestVolume: number;
  volumeGroup: string;
  devices: string[];
  activation: ActivationKind;
  topology: Segments;
  logicalVolumes: { name: string; kind: VolumeKind; bytes: number; fault?: string }[];
  /** RFC 3339. */
  heartbeat: string;
}

/** How a pool is, in one respect. */
export interface StorageCondition {
  type: "DevicesPresent" | "RoomLeft" | "HeartbeatFresh";
  status: "True" | "False";
  reason: string;
  message: string;
  /** RFC 3339; when `status` last changed. */
  lastTransitionTime: string;
}

/** One pool of one node. The agent writes the figures; manager and controller write conditions, perhaps before it. */
export interface NodeLocalStorage extends ResourceObject {
  spec: { driverName: string; node: string; poolClass: string };
  status?: Partial<PoolFigures> & { conditions?: StorageCondition[] };
}

/** A pool's figures, once its agent has reported. */
export function figuresOf({ status }: NodeLocalStorage): PoolFigures | undefined {
  return status?.heartbeat === undefined ? undefined : (status as PoolFigures);
}

/** The object's name says which pool of which node it is, and for which instance of the driver. */
export function storageName({ node, poolClass, driverName }: NodeLocalStorage["spec"]): string {
  return `${node}.${poolClass}.${driverName}`;
}

/** A NodeLocalStorage object that says nothing of its pool yet. */
export function blankStorage(spec: NodeLocalStorage["spec"]): NodeLocalStorage {
  return {
    apiVersion: `${GROUP}/${VERSION}`,
    kind: "NodeLocalStorage",
    metadata: { name: storageName(spec), labels: { [DRIVER_LABEL]: spec.driverName } },
    spec,
  };
}

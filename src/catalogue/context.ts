// SPDX-License-Identifier: Apache-2.0
import type { Claims } from "./context/claims.ts";
import type { Classes, DerivedClass } from "./context/classes.ts";
import type { Files } from "./context/files.ts";
import type { PodManner } from "./context/pod-manner.ts";
import type { Volumes } from "./context/volumes.ts";
import type { CreatedPod, PendingReason } from "./context/waiting.ts";

export type * from "./context/claims.ts";
export type * from "./context/classes.ts";
export type * from "./context/csi-calls.ts";
export type * from "./context/faults.ts";
export type * from "./context/files.ts";
export type * from "./context/growth.ts";
export type * from "./context/limits.ts";
export type * from "./context/maintenance.ts";
export type * from "./context/pod-manner.ts";
export type * from "./context/local-storage.ts";
export type * from "./context/placing.ts";
export type * from "./context/pools.ts";
export type * from "./context/power.ts";
export type * from "./context/waiting.ts";
export type * from "./context/group-snapshots.ts";
export type * from "./context/snapshots.ts";
export type * from "./context/static-disks.ts";
export type * from "./context/stats.ts";
export type * from "./context/volumes.ts";

/** Where in its story a case is; decides whom a failure blames. */
export type Phase = "arrange" | "act" | "assert";

/** A StorageClass of the profile, named by when it binds. */
export type BindingMode = "delayed" | "immediate";

/** `spec.volumeMode` of a claim: a mounted file system, or the device itself. */
export type VolumeMode = "Filesystem" | "Block";

/** A worker node as the API shows it. */
export interface NodeView {
  readonly name: string;
  readonly zone?: string;
  readonly rack?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A claim this case made. */
export interface Claim {
  readonly name: string;
  readonly uid: string;
  /** `Filesystem` when left out. */
  readonly mode?: VolumeMode;
}

/** A pod of this case that became Ready. */
export interface RunningPod {
  readonly name: string;
  readonly uid: string;
  /** `spec.nodeName`. */
  readonly node: string;
  /** Name of the claim at `/data`, or at `/dev/data` for a block volume. */
  readonly claim?: string;
  /** Of that claim; `Filesystem` when left out. */
  readonly mode?: VolumeMode;
}

/** A VolumeSnapshot this case took. */
export interface Snapshot {
  readonly kind: "VolumeSnapshot";
  readonly name: string;
  readonly uid: string;
  /** When it was asked for, milliseconds since 1970. */
  readonly askedAt: number;
}

/** A StatefulSet this case made; claims are `<template>-<name>-<ordinal>`. */
export interface StatefulSet {
  readonly name: string;
  readonly template: string;
}

/** What a volume is made to hold: the kit computes the bytes from this and never reads them from the volume. */
export interface Contents {
  /** Whose data it is; two volumes that must not be mistaken for each other have different owners. */
  readonly owner: string;
  /** Counts up with each overwrite. */
  readonly generation: number;
}

/** {@link Contents} as a run of self-describing 4 KiB blocks: one file, or the start of a block volume. */
export interface BlockContents extends Contents {
  readonly megabytes: number;
}

export interface PodSpec {
  readonly name: string;
  /** Mounted at `/data`; a block volume is the device `/dev/data`. */
  readonly claim?: Claim;
  /** More claims, mounted at `/data-1`, `/data-2`, … */
  readonly also?: readonly Claim[];
  /** Name of the only node that will do. */
  readonly on?: string;
  /** Names of the only nodes that will do. */
  readonly among?: readonly string[];
  readonly manner?: PodManner;
  /** Node labels the pod insists on. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Pods it is never to share a node with. */
  readonly apartFrom?: readonly CreatedPod[];
  /** Name of the node it is placed on if that is possible. */
  readonly prefers?: string;
}

export interface StatefulSetSpec<B extends BindingMode> {
  readonly name: string;
  /** Name of the claim template. */
  readonly template: string;
  readonly class: B | DerivedClass<B>;
  readonly replicas: number;
  readonly megabytes?: number;
  /** Node label: no two replicas share a value of it. */
  readonly apartBy: string;
}

/** Assertions: each one says in a sentence what must hold, and throws when it does not. */
export interface Check {
  equal<T extends string | number | boolean | undefined>(statement: string, seen: T, expected: T): void;
  /** Order and repetition do not matter. */
  sameSet(statement: string, seen: readonly string[], expected: readonly string[]): void;
  includes(statement: string, seen: readonly string[], expected: string): void;
  /** `seen` says in words what was found when the condition does not hold. */
  holds(statement: string, condition: boolean, seen: string): void;
}

export interface Nodes {
  /** Ready and schedulable, by name. */
  readonly workers: readonly NodeView[];
  /** Values of `topology.kubernetes.io/zone`, sorted. */
  readonly zones: readonly string[];
  named(name: string): NodeView;
  /** The other workers that reach the same volumes: all topology keys of the driver have the same values there. */
  besides(node: NodeView): readonly NodeView[];
}

export interface Pods {
  start(spec: PodSpec): Promise<RunningPod>;
  /** Creates a pod and does not wait for it. */
  create(spec: PodSpec): Promise<CreatedPod>;
  /** Waits until the scheduler says that it cannot place the pod and why, and proves that the pod has no node. */
  staysPending(pod: CreatedPod, reason: PendingReason): Promise<void>;
  /**
   * Waits until exactly so many of the pods are Ready and the scheduler leaves all others Pending for the reason given;
   * returns those that are Ready.
   * @throws CheckFailed as soon as more are Ready.
   */
  settled(
    pods: readonly CreatedPod[],
    expected: { readonly running: number; readonly reason: PendingReason },
  ): Promise<readonly RunningPod[]>;
  /** Deletes the pod and waits until it is gone, its volumes unmounted. */
  delete(pod: CreatedPod): Promise<void>;
  /** Asks for the pod's deletion and does not wait. */
  requestDeletion(pod: CreatedPod): Promise<void>;
  /** Waits until a pod being deleted is gone, its volumes unmounted. */
  untilGone(pod: CreatedPod): Promise<void>;
  /** Waits for a pod someone else makes, such as a StatefulSet. */
  untilReady(name: string): Promise<RunningPod>;
  /** Fills nodes with idle pods that set CPU aside, so that the scheduler prefers every other node. */
  crowd(nodes: readonly NodeView[]): Promise<void>;
}

export interface StatefulSets<B extends BindingMode> {
  /** Creates the set and waits until every replica is Ready. */
  create(spec: StatefulSetSpec<B>): Promise<StatefulSet>;
  /** Scales and waits until exactly so many pods are there, all Ready. */
  scale(set: StatefulSet, replicas: number): Promise<void>;
  /** The pods by ordinal. */
  pods(set: StatefulSet, replicas: number): Promise<readonly RunningPod[]>;
}

/** How large a volume is, measured inside the pod. */
export interface VolumeSize {
  readonly kind: "filesystem" | "device";
  readonly bytes: number;
}

/** What is in a volume, written and read by a program inside the pod. */
export interface Data {
  writeBlocks(pod: RunningPod, contents: BlockContents): Promise<void>;
  /** Every block must be exactly what {@link BlockContents} says. */
  expectBlocks(pod: RunningPod, contents: BlockContents): Promise<void>;
  /** Makes the file tree of this generation: what an earlier one left is overwritten or deleted. */
  writeTree(pod: RunningPod, contents: Contents): Promise<void>;
  /** Names, kinds, sizes, modes, times and bytes must be those of this generation, and nothing else may be there. */
  expectTree(pod: RunningPod, contents: Contents): Promise<void>;
  /** A block volume nobody wrote to reads as zeros from the first to the last byte. */
  expectBlank(pod: RunningPod): Promise<void>;
  /** What `statfs` says of a mounted volume, sysfs of a device; never what the API says. */
  size(pod: RunningPod): Promise<VolumeSize>;
}

/** How far the writer of a record log was at one moment, in records. */
export interface LogMoment {
  /** Writes begun: a snapshot taken before this moment holds no later record. */
  readonly begun: number;
  /** Writes synced: a snapshot asked for after this moment lacks none of them. */
  readonly acknowledged: number;
}

/** A program in a pod that writes records in order, each synced before the next, on one volume or on several in turn. */
export interface RecordLog {
  /** Waits until so many records are synced. */
  until(records: number): Promise<LogMoment>;
  /** Ends the writer. */
  stop(): Promise<LogMoment>;
}

export interface RecordLogs {
  /**
   * Starts a writer and resolves when it writes.
   * @param volumes How many of the pod's volumes take turns, from the one at `/data` on; 1 when left out.
   */
  start(pod: RunningPod, owner: string, volumes?: number): Promise<RecordLog>;
  /**
   * The volumes, in the order in which they take turns, hold together a prefix of the records: all that were acknowledged,
   * none that was not begun, none torn, no gap. Each is at `/data` in its pod. Resolves with the number of records.
   */
  expect(pods: readonly RunningPod[], owner: string, moment: LogMoment): Promise<number>;
}

export interface Storage<B extends BindingMode> {
  readonly classes: Classes<B>;
  readonly claims: Claims<B>;
  readonly statefulSets: StatefulSets<B>;
}

/** A volume or snapshot as the node that holds it lists it. */
export interface BackEndItem {
  readonly id: string;
  readonly node: string;
}

export interface BackEnd {
  list(): Promise<readonly BackEndItem[]>;
  /** Whether any node holds a volume or snapshot of this id now. */
  holds(handle: string): Promise<boolean>;
  /**
   * Proves that what the back end holds now and did not hold `before` belongs to PersistentVolumes or snapshots of
   * the API: nothing was made behind its back. Other cases may be making volumes meanwhile.
   */
  nothingUnknownSince(before: readonly BackEndItem[]): Promise<void>;
}

/** What every case gets. `R` are the requirements it covers. */
export interface BaseContext<R extends string = string> {
  /**
   * Runs one named step of the case and records its time.
   * @param requirement What a driver that fails here does not meet; the first that the case covers when left out.
   */
  readonly step: <T>(phase: Phase, title: string, body: () => Promise<T>, requirement?: R) => Promise<T>;
  readonly check: Check;
  readonly nodes: Nodes;
  readonly pods: Pods;
  readonly data: Data;
  readonly logs: RecordLogs;
  readonly files: Files;
  readonly volumes: Volumes;
}

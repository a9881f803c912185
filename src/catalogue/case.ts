// SPDX-License-Identifier: Apache-2.0
import type { BaseContext, Storage } from "./context.ts";
import type { BackEnd } from "./context/back-end.ts";
import type { CsiCalls } from "./context/csi-calls.ts";
import type { Faults } from "./context/faults.ts";
import type { FileSystems } from "./context/file-systems.ts";
import type { GroupSnapshots } from "./context/group-snapshots.ts";
import type { Growth } from "./context/growth.ts";
import type { Limits } from "./context/limits.ts";
import type { LocalStorage } from "./context/local-storage.ts";
import type { Maintenance } from "./context/maintenance.ts";
import type { BindingMode } from "./context/modes.ts";
import type { Placing } from "./context/placing.ts";
import type { Capacity, Pools } from "./context/pools.ts";
import type { Power } from "./context/power.ts";
import type { Snapshots } from "./context/snapshots.ts";
import type { StaticDisks } from "./context/static-disks.ts";
import type { Stats } from "./context/stats.ts";
import type { Feature } from "./features.ts";

export type * from "./context.ts";

/** What the cluster must offer before the case can run. */
export interface CaseNeeds {
  /** Schedulable worker nodes. */
  readonly nodes: number;
  /** Distinct zones among them. */
  readonly zones: number;
  /** Distinct racks among them. */
  readonly racks?: number;
  /** Worker nodes that one and the same volume can be reached from, by the driver's topology. */
  readonly sharedBy?: number;
  /** Domains that do not reach each other's volumes, by the driver's topology. */
  readonly domains?: number;
  /** The case asks the back end: on the nodes themselves, or by the driver's own list. */
  readonly nodeExec?: boolean;
  /** The kit made the pools below the driver and can look into them. */
  readonly pools?: boolean;
  /** The case changes what other cases stand on: it runs after all others, and no other at the same time. */
  readonly alone?: boolean;
  /** The case takes a node's power away: the kit runs the nodes itself. */
  readonly nodePower?: boolean;
  /** The case shuts the file system of a volume down on its node, as a power cut would. */
  readonly fileSystemShutdown?: boolean;
  /** The case calls the driver's gRPC sockets itself. */
  readonly sockets?: boolean;
}

/** What the case costs: read by the planner, the time limit and the report. */
export interface CaseCost {
  readonly typicalSeconds: number;
  /** The case is ended after this time. */
  readonly limitSeconds: number;
  /** Volumes that exist at once. */
  readonly volumes: number;
  /** Sum of their sizes, MiB. */
  readonly megabytes: number;
}

/** Everything about a case that is known without running it. */
export interface CaseMeta {
  /** One statement about the driver, in the present tense. */
  readonly title: string;
  /** Requirement ids that a pass gives evidence for. */
  readonly covers: readonly string[];
  /** What the driver must offer; decides whether the case runs and what its body may touch. */
  readonly features: readonly Feature[];
  readonly needs: CaseNeeds;
  readonly cost: CaseCost;
}

type Declares<M extends CaseMeta, F extends Feature> = F extends M["features"][number] ? true : false;

type If<Condition, Granted> = Condition extends true ? Granted : unknown;

type BindingsOf<M extends CaseMeta> =
  | (Declares<M, "delayed-binding"> extends true ? Extract<BindingMode, "delayed"> : never)
  | (Declares<M, "immediate-binding"> extends true ? Extract<BindingMode, "immediate"> : never);

/** What a body may touch, computed from the metadata: what is not declared does not exist. */
export type CaseContext<M extends CaseMeta> = BaseContext<M["covers"][number]> &
  Storage<BindingsOf<M>> &
  If<Declares<M, "snapshot">, { readonly snapshots: Snapshots }> &
  If<Declares<M, "group-snapshot">, { readonly groups: GroupSnapshots }> &
  If<Declares<M, "expand">, { readonly growth: Growth }> &
  If<Declares<M, "volume-limits">, { readonly limits: Limits }> &
  If<Declares<M, "volume-stats">, { readonly stats: Stats }> &
  If<Declares<M, "topology">, { readonly place: Placing }> &
  If<M["needs"]["nodeExec"], { readonly backEnd: BackEnd }> &
  If<Declares<M, "static-local-volumes">, { readonly staticDisks: StaticDisks }> &
  If<M["needs"]["pools"], { readonly pools: Pools }> &
  If<Declares<M, "capacity-objects">, { readonly capacity: Capacity<BindingsOf<M>> }> &
  If<Declares<M, "node-local-storage">, { readonly localStorage: LocalStorage }> &
  If<M["needs"]["alone"], { readonly maintenance: Maintenance; readonly faults: Faults }> &
  If<M["needs"]["nodePower"], { readonly power: Power }> &
  If<M["needs"]["fileSystemShutdown"], { readonly fileSystems: FileSystems }> &
  If<M["needs"]["sockets"], { readonly csi: CsiCalls }>;

/** The context with every grant, as the harness builds it before it takes away what is not declared. */
export type FullContext = BaseContext &
  Storage<BindingMode> & {
    readonly snapshots: Snapshots;
    readonly groups: GroupSnapshots;
    readonly growth: Growth;
    readonly limits: Limits;
    readonly stats: Stats;
    readonly staticDisks: StaticDisks;
    readonly place: Placing;
    readonly backEnd: BackEnd;
    readonly maintenance: Maintenance;
    readonly csi: CsiCalls;
    readonly faults: Faults;
    readonly power: Power;
    readonly fileSystems: FileSystems;
    readonly pools: Pools;
    readonly localStorage: LocalStorage;
    readonly capacity: Capacity<BindingMode>;
  };

/** One conformance statement and its check. */
export interface ConformanceCase {
  readonly meta: CaseMeta;
  readonly run: (context: FullContext) => Promise<void>;
}

/** Joins a statement to its check; the body's context is typed from the metadata. */
export function defineCase<const M extends CaseMeta>(
  meta: M,
  run: (context: CaseContext<M>) => Promise<void>,
): ConformanceCase {
  return { meta, run: (context) => run(context) };
}

// SPDX-License-Identifier: Apache-2.0
import type { ExecResult } from "../support/exec.ts";
import type { NodePower } from "./node-power.ts";

/** An LVM volume group on a loop device of one node. */
interface NodePool {
  /** What a StorageClass names to choose among a node's pools. */
  readonly class: string;
  readonly volumeGroup: string;
  /** The loop device that is the group's only physical volume, as seen on the node. */
  readonly device: string;
  readonly bytes: number;
  /** The driver is told to cut volumes out of a thin pool, where the kernel has device-mapper. */
  readonly thin?: boolean;
}

/** A node of a running cluster, as its shape placed it. */
export interface ClusterNode {
  /** The Kubernetes node name. */
  readonly name: string;
  readonly controlPlane: boolean;
  readonly region?: string;
  readonly zone?: string;
  readonly rack?: string;
  readonly pools: readonly NodePool[];
}

/** What kube-scheduler consults about free space; a driver has to bring both. */
export interface SchedulerSources {
  readonly extender: boolean;
  readonly capacityObjects: boolean;
}

interface NodeExecOptions {
  /** Text for the program's standard input. */
  readonly input?: string;
  /** File on this machine to be the program's standard input. */
  readonly inputFile?: string;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly allowFailure?: boolean;
}

/** Runs a program on a node, by argument vector. */
export type NodeExec = (
  node: string,
  argv: readonly [string, ...string[]],
  options?: NodeExecOptions,
) => Promise<ExecResult>;

/** What suites and drivers may do with a cluster that is up. Serialisable parts first, behaviour last. */
export interface RunningCluster {
  readonly name: string;
  /** Who runs it: the kit, or someone else. */
  readonly provider: "kind" | "existing";
  /** Programs may be run on nodes, and pods may see the nodes' files. */
  readonly canReachNodes: boolean;
  readonly shape: string;
  /** Path of a kubeconfig only its owner can read. */
  readonly kubeconfig: string;
  readonly kubernetesVersion: string;
  /** Where the node image came from. */
  readonly images: "built" | "pulled" | "unknown";
  /** The node label that names a rack. */
  readonly rackLabel: string;
  readonly scheduler: SchedulerSources;
  readonly nodes: readonly ClusterNode[];
  /** Undefined where the nodes are not the kit's to switch off. */
  readonly power?: NodePower;
  /** @throws KitError `NODE_EXEC_DENIED` where that is not allowed */
  readonly exec: NodeExec;
}

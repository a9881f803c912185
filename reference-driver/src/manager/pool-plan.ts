// SPDX-License-Identifier: Apache-2.0
import type { PoolEntry } from "../store/pools-file.ts";
import { parseDevices, pathsFor } from "./device-choice.ts";

/** A StorageClass as far as the manager reads it. */
export interface ManagedClass {
  readonly name: string;
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A node as far as the manager reads it. */
export interface ManagedNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One volume group of the node: that of a pool class. */
export interface PoolPlan {
  readonly poolClass: string;
  readonly volumeGroup: string;
  /** Devices that StorageClasses chose for it; none for a group that was made beforehand and is left as it is. */
  readonly paths: readonly string[];
  /** Instances of the driver whose classes chose them. */
  readonly drivers: readonly string[];
}

/** A class that cannot be followed. */
export interface PlanMistake {
  readonly storageClass: string;
  readonly message: string;
}

/**
 * What the node's volume groups should be. A group made beforehand keeps its name and its devices; classes may add to it.
 * Several classes with one `poolClass` share one group.
 * @param known the node's pools file
 */
export function planPools(
  classes: readonly ManagedClass[],
  node: ManagedNode,
  known: readonly PoolEntry[],
): { readonly plans: PoolPlan[]; readonly mistakes: PlanMistake[] } {
  const plans = new Map<string, PoolPlan>(
    known.map(({ class: poolClass, volumeGroup }) => [
      poolClass,
      { poolClass, volumeGroup, paths: [], drivers: [] },
    ]),
  );
  const mistakes: PlanMistake[] = [];
  for (const { name, provisioner, parameters } of classes) {
    if (parameters["devices"] === undefined) continue;
    try {
      const paths = pathsFor(parseDevices(parameters["devices"]), node.name, node.labels);
      const poolClass = parameters["poolClass"];
      if (poolClass === undefined) throw new Error("poolClass: needed beside devices");
      if (paths.length === 0) continue;
      const before = plans.get(poolClass);
      plans.set(poolClass, {
        poolClass,
        volumeGroup: before?.volumeGroup ?? groupName(node.name, poolClass),
        paths: [...new Set([...(before?.paths ?? []), ...paths])],
        drivers: [...new Set([...(before?.drivers ?? []), provisioner])],
      });
    } catch (error) {
      mistakes.push({ storageClass: name, message: (error as Error).message });
    }
  }
  return { plans: [...plans.values()], mistakes };
}

/** Nodes may share a kernel, so the node is part of the name. LVM's names know no dots of nodes and take `-` for itself. */
function groupName(node: string, poolClass: string): string {
  return `${node}-${poolClass}`.replaceAll(/[^A-Za-z0-9+]/g, "_");
}

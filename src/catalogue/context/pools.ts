// SPDX-License-Identifier: Apache-2.0
import type { DerivedClass } from "./classes.ts";
import type { BindingMode } from "./modes.ts";
import type { NodeView } from "./nodes.ts";

/** A pool of a node, read from the node itself; sizes in bytes. */
export interface PoolState {
  readonly volumeGroup: string;
  readonly devices: readonly string[];
  readonly extentBytes: number;
  readonly totalBytes: number;
  readonly freeBytes: number;
  /** The longest free piece. */
  readonly largestBytes: number;
}

/** The pools below the driver, which the kit made and can look into. */
export interface Pools {
  of(node: NodeView): Promise<PoolState>;
  /** Takes the pool's space behind the driver's back until one piece of so many MiB is left; given back in clean-up. */
  leave(node: NodeView, megabytes: number): Promise<void>;
}

/** What the scheduler is told about free space. */
export interface Capacity<B extends BindingMode> {
  /**
   * Waits until the CSIStorageCapacity object of class and node gives what the node's pool has free and the largest
   * volume that fits, each within one extent.
   */
  untilTrue(of: B | DerivedClass<B>, node: NodeView): Promise<void>;
}

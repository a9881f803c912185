// SPDX-License-Identifier: Apache-2.0
import type { NodeView } from "./nodes.ts";

/** Nodes taken from and given back to the scheduler; only for cases that run alone. Clean-up gives back what is left. */
export interface Maintenance {
  /** Closes nodes to new pods. */
  cordon(nodes: readonly NodeView[]): Promise<void>;
  uncordon(nodes: readonly NodeView[]): Promise<void>;
  /** Cordons the node and evicts the case's own pods from it, as `kubectl drain` does; waits until they are gone. */
  drain(node: NodeView): Promise<void>;
}

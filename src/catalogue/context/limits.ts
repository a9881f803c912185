// SPDX-License-Identifier: Apache-2.0
import type { NodeView } from "./nodes.ts";

/** How many volumes of the driver a node can use at once. */
export interface Limits {
  /** What the profile says. */
  readonly claimed: number;
  /** What the node's CSINode says; undefined for no limit. */
  told(node: NodeView): Promise<number | undefined>;
}

// SPDX-License-Identifier: Apache-2.0
import type { NodeView } from "./nodes.ts";

/** The NodeLocalStorage objects of the driver. */
export interface LocalStorage {
  /**
   * Waits until the node's object agrees with LVM on the node: group, devices, size, free space within one extent,
   * and by name all logical volumes that the back end lists.
   */
  untilTrue(node: NodeView): Promise<void>;
}

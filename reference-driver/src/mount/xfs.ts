// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../support/run-command.ts";
import type { Filesystem } from "./filesystem.ts";

/** mkfs.xfs makes nothing below 300 MiB (xfsprogs 5.19). */
const SMALLEST_BYTES = 300 * 1024 ** 2;

/**
 * xfs. A restored or cloned volume has its source's UUID and must mount beside it, so every mount says `nouuid`. The other way,
 * a new UUID (`xfs_admin -U generate`), refuses a filesystem whose log is not replayed, as that of every snapshot is: it
 * would take a mount, an unmount and a write to the superblock before the first pod, each of which can be interrupted.
 */
export const xfs: Filesystem = {
  name: "xfs",
  smallestBytes: SMALLEST_BYTES,
  mountFlags: ["nouuid"],
  make: async (device) => {
    await runCommand(["mkfs.xfs", "-q", "-f", "-K", device]);
  },
  growUnmounted: () => Promise.resolve(),
  // Says "data size unchanged" and succeeds when there is nothing to do.
  growMounted: async (_device, target) => {
    await runCommand(["xfs_growfs", "-d", target]);
  },
};

// SPDX-License-Identifier: Apache-2.0
import { statfs } from "node:fs/promises";
import { breakNode } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** Where the volume is looked for and not found mounted, its folder is part of the node's own file system. */
export const mutant: Mutant = {
  slug: "stats-of-the-node",
  title: "A volume is reported as large and as full as the node's own file system",
  breaks: ["life/stats"],
  caughtBy: ["life-cycle/stats-are-what-the-pod-measures"],
  wrap: (services) =>
    breakNode(services, () => ({
      nodeGetVolumeStats: async () => {
        const { blocks, bfree, bavail, bsize } = await statfs("/");
        const used = (blocks - bfree) * bsize;
        return { usage: [{ unit: "BYTES", total: blocks * bsize, used, available: bavail * bsize }] };
      },
    })),
};

// SPDX-License-Identifier: Apache-2.0
import { misplace } from "../misplacing.ts";
import type { Mutant } from "../mutant.ts";

/** The disk is cut on a node of its own choice, and the selected node's topology is claimed for it. */
export const mutant: Mutant = {
  slug: "ignores-selected-node",
  title:
    "The volume is cut on another node than the one selected for the pod, while its affinity names the selected one",
  breaks: ["topo/disk-follows-pod"],
  caughtBy: ["placement/disk-follows-pod"],
  wrap: (services) => misplace(services, () => true),
};

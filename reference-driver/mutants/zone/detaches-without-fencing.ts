// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** The record of who has the volume changes; the device of the node that had it stays. */
export const mutant: Mutant = {
  slug: "detaches-without-fencing",
  title: "A volume is detached from a node that goes on writing to it",
  driver: "zonal",
  breaks: ["topo/exclusive", "fault/node-gone"],
  caughtBy: ["placement/detached-is-cut-off"],
  wrap: (services) => breakStore(services, () => ({ attachTo: () => Promise.resolve() })),
};

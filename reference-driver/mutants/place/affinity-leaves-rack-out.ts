// SPDX-License-Identifier: Apache-2.0
import type { Segments } from "../../src/csi/messages.ts";
import { breakAffinity } from "../break-affinity.ts";
import type { Mutant } from "../mutant.ts";

const RACK = "topology.seaworthy.dev/rack";

/** Zone and host are named, the domain between them is forgotten. */
export const mutant: Mutant = {
  slug: "affinity-leaves-rack-out",
  title: "The volume's affinity names zone and host and leaves the custom domain between them out",
  breaks: ["topo/custom-domain", "topo/pv-affinity"],
  caughtBy: ["placement/rack-is-a-domain", "placement/disk-follows-pod"],
  wrap: (services) => breakAffinity(services, rackless),
};

function rackless(segments: Segments): Segments {
  return Object.fromEntries(Object.entries(segments).filter(([key]) => key !== RACK));
}

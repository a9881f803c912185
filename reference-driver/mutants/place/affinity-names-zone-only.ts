// SPDX-License-Identifier: Apache-2.0
import type { Segments } from "../../src/csi/messages.ts";
import { breakAffinity } from "../break-affinity.ts";
import type { Mutant } from "../mutant.ts";

const ZONE = "topology.kubernetes.io/zone";

/** The answer of CreateVolume names the zone and leaves out rack and host. */
export const mutant: Mutant = {
  slug: "affinity-names-zone-only",
  title: "The volume's affinity names the zone alone, though its bytes are on one host of it",
  breaks: ["topo/pv-affinity", "topo/statefulset"],
  caughtBy: ["placement/disk-follows-pod"],
  wrap: (services) => breakAffinity(services, zoneOnly),
};

function zoneOnly(segments: Segments): Segments {
  const zone = segments[ZONE];
  return zone === undefined ? segments : { [ZONE]: zone };
}

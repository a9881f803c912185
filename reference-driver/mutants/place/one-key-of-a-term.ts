// SPDX-License-Identifier: Apache-2.0
import { matches } from "../../src/csi/placement.ts";
import type { Segments } from "../../src/csi/messages.ts";
import type { Mutant } from "../mutant.ts";
import { redirectImmediate } from "../redirecting.ts";

const ZONE = "topology.kubernetes.io/zone";

/** M17 of the research table: of the keys of an allowed topology only the zone counts. */
export const mutant: Mutant = {
  slug: "one-key-of-a-term",
  title: "Of several keys in an allowed topology only the zone is honoured",
  breaks: ["topo/allowed"],
  caughtBy: ["placement/allowed-topologies"],
  wrap: (services) =>
    redirectImmediate(services, (sites, admitted) => {
      const inZone = (site: Segments): boolean => admitted.some((segments) => segments[ZONE] === site[ZONE]);
      return sites.find(
        (site) => inZone(site.segments) && !admitted.some((segments) => matches(site.segments, segments)),
      );
    }),
};

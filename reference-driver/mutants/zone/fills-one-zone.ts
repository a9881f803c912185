// SPDX-License-Identifier: Apache-2.0
import { matches } from "../../src/csi/placement.ts";
import { redirectImmediate } from "../redirecting.ts";
import type { Mutant } from "../mutant.ts";

/** Of the zones that a class lists the first of the alphabet is taken for all. */
export const mutant: Mutant = {
  slug: "fills-one-zone",
  title: "Immediate volumes all go to one of the zones that their class lists",
  driver: "zonal",
  breaks: ["topo/immediate-spread"],
  caughtBy: ["placement/immediate-volumes-spread"],
  wrap: (services) =>
    redirectImmediate(services, (sites, admitted) =>
      sites
        .toSorted((a, b) => (a.node < b.node ? -1 : 1))
        .find((site) => admitted.some((segments) => matches(site.segments, segments))),
    ),
};

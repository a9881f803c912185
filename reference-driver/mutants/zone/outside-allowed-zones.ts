// SPDX-License-Identifier: Apache-2.0
import { matches } from "../../src/csi/placement.ts";
import type { Mutant } from "../mutant.ts";
import { redirectImmediate } from "../redirecting.ts";

export const mutant: Mutant = {
  slug: "outside-allowed-zones",
  title: "An Immediate volume is cut in a zone that its class does not allow",
  driver: "zonal",
  breaks: ["topo/allowed"],
  caughtBy: ["placement/allowed-zones"],
  wrap: (services) =>
    redirectImmediate(services, (sites, admitted) =>
      sites.find((site) => !admitted.some((segments) => matches(site.segments, segments))),
    ),
};

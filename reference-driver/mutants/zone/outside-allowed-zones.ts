// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";
import { outsideAdmitted, redirectImmediate } from "../redirecting.ts";

export const mutant: Mutant = {
  slug: "outside-allowed-zones",
  title: "An Immediate volume is cut in a zone that its class does not allow",
  driver: "zonal",
  breaks: ["topo/allowed"],
  caughtBy: ["placement/allowed-zones"],
  wrap: (services) => redirectImmediate(services, outsideAdmitted),
};

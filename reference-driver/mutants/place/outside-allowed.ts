// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";
import { outsideAdmitted, redirectImmediate } from "../redirecting.ts";

/** M16 of the research table: requisite topologies are not looked at, and the affinity says where the volume really is. */
export const mutant: Mutant = {
  slug: "outside-allowed",
  title: "An Immediate volume is cut where its class's allowed topologies do not reach",
  breaks: ["topo/allowed"],
  caughtBy: ["placement/allowed-topologies"],
  wrap: (services) => redirectImmediate(services, outsideAdmitted),
};

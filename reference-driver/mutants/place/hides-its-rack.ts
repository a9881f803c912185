// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

const RACK = "topology.seaworthy.dev/rack";

/** Only where volumes happen to land there does anything else show it. */
export const mutant: Mutant = {
  slug: "hides-its-rack",
  title: "The node plug-in of every second rack leaves the rack out of its topology",
  breaks: ["topo/advertise"],
  caughtBy: ["placement/advertises-its-topology"],
  fromStart: true,
  wrap: (services) => ({
    ...services,
    createNode: (parts) => {
      const good = services.createNode(parts);
      const { [RACK]: rack = "", ...rest } = parts.segments;
      if (!rack.endsWith("2")) return good;
      return {
        ...good,
        nodeGetInfo: async () => ({ ...(await good.nodeGetInfo()), accessibleTopology: { segments: rest } }),
      };
    },
  }),
};

// SPDX-License-Identifier: Apache-2.0
import { breakNode } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

export const mutant: Mutant = {
  slug: "tells-twice-its-limit",
  title: "Nodes tell twice as many volumes as they can use",
  breaks: ["life/limits"],
  caughtBy: ["life-cycle/node-limit-is-told-and-kept"],
  fromStart: true,
  wrap: (services) =>
    breakNode(services, (good) => ({
      nodeGetInfo: async () => {
        const info = (await good.nodeGetInfo()) as { maxVolumesPerNode: number };
        return { ...info, maxVolumesPerNode: info.maxVolumesPerNode * 2 };
      },
    })),
};

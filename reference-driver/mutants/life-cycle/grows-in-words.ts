// SPDX-License-Identifier: Apache-2.0
import { breakController, breakNode } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

export const mutant: Mutant = {
  slug: "grows-in-words",
  title: "A volume is said to have grown, on controller and node, and has the size it had",
  breaks: ["life/expand"],
  caughtBy: [
    "life-cycle/grows-under-its-pod",
    "life-cycle/grows-between-its-pods",
    "life-cycle/block-grows-under-its-pod",
  ],
  wrap: (services) => {
    const onController = breakController(services, () => ({
      controllerExpandVolume: ({ capacityRange, volumeCapability }) =>
        Promise.resolve({
          capacityBytes: capacityRange?.requiredBytes ?? 0,
          nodeExpansionRequired: !volumeCapability?.block,
        }),
    }));
    return breakNode(onController, () => ({
      nodeExpandVolume: ({ capacityRange }) =>
        Promise.resolve({ capacityBytes: capacityRange?.requiredBytes ?? 0 }),
    }));
  },
};

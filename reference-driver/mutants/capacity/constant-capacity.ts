// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** M18 of the research table: a figure that was true when the pool was empty. */
export const mutant: Mutant = {
  slug: "constant-capacity",
  title: "GetCapacity always answers the same figure, whatever is free",
  breaks: ["local/capacity-objects"],
  caughtBy: ["capacity/objects-tell-the-truth"],
  wrap: (services) => ({
    ...services,
    createController: (parts) => ({
      ...services.createController(parts),
      getCapacity: () =>
        Promise.resolve({ availableCapacity: 4 * 1024 ** 3, maximumVolumeSize: { value: 4 * 1024 ** 3 } }),
    }),
  }),
};

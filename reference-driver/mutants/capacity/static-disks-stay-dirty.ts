// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

export const mutant: Mutant = {
  slug: "static-disks-stay-dirty",
  title: "A static disk is offered again with what its last owner left on it",
  breaks: ["local/static"],
  caughtBy: ["capacity/static-disks-come-back-clean"],
  wrap: (services) => ({
    ...services,
    createStaticVolumes: (parts) => ({
      ...services.createStaticVolumes(parts),
      clean: () => Promise.resolve(),
    }),
  }),
};

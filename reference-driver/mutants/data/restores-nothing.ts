// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** The restored volume is a blank one. */
export const mutant: Mutant = {
  slug: "restores-nothing",
  title: "A restored volume is empty",
  breaks: ["snap/point-in-time"],
  caughtBy: ["snapshot/restore-keeps-the-moment"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      create: async (spec) => {
        if (spec.source?.kind !== "snapshot") return good.create(spec);
        const made = await good.create({ ...spec, source: undefined });
        return { ...made, source: spec.source };
      },
    })),
};

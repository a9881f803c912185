// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** The answer tells the size asked for; the volume has half of it. */
export const mutant: Mutant = {
  slug: "cuts-half",
  title: "A volume has half the size that its claim asked for, and is said to have all of it",
  breaks: ["life/static-dynamic", "life/block"],
  caughtBy: ["life-cycle/full-volume-says-so", "life-cycle/block-volume-keeps-its-bytes"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      create: async (spec) => {
        // What is copied needs its source's size.
        if (spec.source !== undefined || spec.kind !== "volume") return good.create(spec);
        const made = await good.create({ ...spec, bytes: spec.bytes / 2 });
        return { ...made, bytes: spec.bytes };
      },
    })),
};

// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** The answer tells the size asked for; the volume has half of it. */
export const mutant: Mutant = {
  slug: "cuts-half",
  title: "A volume has half the size that its claim asked for, and is said to have all of it",
  breaks: ["life/static-dynamic"],
  caughtBy: ["life-cycle/full-volume-says-so"],
  wrap: (services) => ({
    ...services,
    openStore: async (options) => {
      const good = await services.openStore(options);
      return {
        ...good,
        create: async (spec) => {
          // What is copied needs its source's size.
          if (spec.source !== undefined || spec.kind !== "volume") return good.create(spec);
          const made = await good.create({ ...spec, bytes: spec.bytes / 2 });
          return { ...made, bytes: spec.bytes };
        },
      };
    },
  }),
};

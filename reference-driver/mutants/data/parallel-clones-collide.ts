// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** One clone at a time is made as it should be; those asked for meanwhile come out empty. */
export const mutant: Mutant = {
  slug: "parallel-clones-collide",
  title: "Of several clones made at the same time only one has the source's bytes",
  breaks: ["snap/clone"],
  caughtBy: ["snapshot/clones-share-nothing"],
  wrap: (services) =>
    breakStore(services, (good) => {
      const busy = new Set<string>();
      return {
        create: async (spec) => {
          if (spec.kind !== "volume" || spec.source?.kind !== "volume") return good.create(spec);
          const { source } = spec;
          if (busy.has(source.id)) return { ...(await good.create({ ...spec, source: undefined })), source };
          busy.add(source.id);
          try {
            return await good.create(spec);
          } finally {
            busy.delete(source.id);
          }
        },
      };
    }),
};

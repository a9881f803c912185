// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

export const mutant: Mutant = {
  slug: "clones-nothing",
  title: "A clone is empty",
  breaks: ["snap/clone"],
  caughtBy: ["snapshot/clones-share-nothing"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      create: async (spec) => {
        if (spec.kind !== "volume" || spec.source?.kind !== "volume") return good.create(spec);
        return { ...(await good.create({ ...spec, source: undefined })), source: spec.source };
      },
    })),
};

// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

export const mutant: Mutant = {
  slug: "larger-restore-loses-data",
  title: "A restore into more space than the snapshot's is empty",
  breaks: ["snap/size"],
  caughtBy: ["snapshot/restore-grows-and-never-shrinks"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      create: async (spec) => {
        const source = spec.source?.kind === "snapshot" ? await good.find(spec.source.id) : undefined;
        if (source === undefined || spec.bytes <= source.bytes) return good.create(spec);
        return { ...(await good.create({ ...spec, source: undefined })), source: spec.source };
      },
    })),
};

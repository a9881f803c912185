// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

export const mutant: Mutant = {
  slug: "larger-restore-stays-small",
  title: "A restored volume has its snapshot's size, while a larger one is reported",
  breaks: ["snap/size"],
  caughtBy: ["snapshot/restore-grows-and-never-shrinks"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      create: async (spec) => {
        const source = spec.source?.kind === "snapshot" ? await good.find(spec.source.id) : undefined;
        if (source === undefined) return good.create(spec);
        return { ...(await good.create({ ...spec, bytes: source.bytes })), bytes: spec.bytes };
      },
    })),
};

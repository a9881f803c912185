// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

export const mutant: Mutant = {
  slug: "larger-clone-stays-small",
  title: "A clone has its source's size, while a larger one is reported",
  breaks: ["snap/clone"],
  caughtBy: ["snapshot/clones-share-nothing"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      create: async (spec) => {
        const isClone = spec.kind === "volume" && spec.source?.kind === "volume";
        const source = isClone ? await good.find(spec.source.id) : undefined;
        if (source === undefined) return good.create(spec);
        return { ...(await good.create({ ...spec, bytes: source.bytes })), bytes: spec.bytes };
      },
    })),
};

// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** As with a back end that links the snapshot of a restored volume to the ancestor and loses what was written since. */
export const mutant: Mutant = {
  slug: "snapshots-of-restores-are-old",
  title: "A snapshot of a restored volume has the bytes of the snapshot that it came from",
  breaks: ["snap/chain"],
  caughtBy: ["snapshot/generations-keep-apart"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      create: async (spec) => {
        const volume = spec.kind === "snapshot" ? await good.find(spec.source?.id ?? "") : undefined;
        const ancestor = volume?.source?.kind === "snapshot" ? await good.find(volume.source.id) : undefined;
        if (ancestor === undefined) return good.create(spec);
        const made = await good.create({ ...spec, source: { kind: "snapshot", id: ancestor.id } });
        return { ...made, source: spec.source };
      },
    })),
};

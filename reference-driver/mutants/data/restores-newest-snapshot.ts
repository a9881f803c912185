// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** As with a back end that keeps one chain of differences per volume and forgets to go back in it. */
export const mutant: Mutant = {
  slug: "restores-newest-snapshot",
  title: "Whichever snapshot of a volume is restored, the newest one's bytes come",
  breaks: ["snap/chain"],
  caughtBy: ["snapshot/generations-keep-apart"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      create: async (spec) => {
        const asked = spec.source?.kind === "snapshot" ? await good.find(spec.source.id) : undefined;
        if (asked === undefined) return good.create(spec);
        const siblings = (await good.list()).filter(
          ({ kind, source }) => kind === "snapshot" && source?.id === asked.source?.id,
        );
        const [newest = asked] = siblings.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
        const made = await good.create({ ...spec, source: { kind: "snapshot", id: newest.id } });
        return { ...made, source: spec.source };
      },
    })),
};

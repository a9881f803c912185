// SPDX-License-Identifier: Apache-2.0
import { setTimeout as pause } from "node:timers/promises";
import type { PlacedVolume } from "../../src/back-end/back-end.ts";
import type { Mutant } from "../mutant.ts";

const BETWEEN_MS = 1_000;

/** Each member is a group of its own, cut a second after the one before. */
export const mutant: Mutant = {
  slug: "group-cut-one-by-one",
  title: "The members of a group are cut one after the other",
  breaks: ["snap/group"],
  caughtBy: ["snapshot/group-is-one-moment"],
  wrap: (services) => ({
    ...services,
    createClusterBackEnd: (parts) => {
      const good = services.createClusterBackEnd(parts);
      return {
        ...good,
        createGroup: async (members) => {
          const cut: PlacedVolume[] = [];
          for (const { node, spec } of members) {
            const { group } = spec;
            const alone = group === undefined ? spec : { ...spec, group: { ...group, size: 1 } };
            cut.push(...(await good.createGroup([{ node, spec: alone }])));
            await pause(BETWEEN_MS);
          }
          return cut;
        },
      };
    },
  }),
};

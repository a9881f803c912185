// SPDX-License-Identifier: Apache-2.0
import { setTimeout as pause } from "node:timers/promises";
import { log, messageOf } from "../../src/support/log.ts";
import type { StoredVolume } from "../../src/store/volume-spec.ts";
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

const LATER_MS = 6_000;

/** A snapshot is said to be ready and is cut afterwards. Restores wait for it, so that it only shows when the source has changed or gone. */
export const mutant: Mutant = {
  slug: "releases-source-before-cut",
  title: "A snapshot is said to be ready before it is cut",
  breaks: ["snap/source-protection", "snap/point-in-time"],
  caughtBy: ["snapshot/nothing-goes-too-early", "snapshot/restore-keeps-the-moment"],
  wrap: (services) =>
    breakStore(services, (good) => {
      const cuts = new Map<string, Promise<StoredVolume>>();
      return {
        create: async (spec) => {
          await cuts.get(spec.source?.id ?? "");
          const live = spec.kind === "snapshot" ? await good.find(spec.source?.id ?? "") : undefined;
          if (live === undefined || cuts.has(spec.id)) return cuts.get(spec.id) ?? good.create(spec);
          const cut = pause(LATER_MS).then(() =>
            good.create(spec).catch((error: unknown) => {
              log({ event: "cut too late", message: messageOf(error) });
              return good.create({ ...spec, source: undefined });
            }),
          );
          cuts.set(spec.id, cut);
          return { ...spec, createdAt: new Date() };
        },
        delete: async (id) => {
          await cuts.get(id);
          await good.delete(id);
        },
      };
    }),
};

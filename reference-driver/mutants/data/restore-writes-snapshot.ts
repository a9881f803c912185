// SPDX-License-Identifier: Apache-2.0
import type { VolumeStore } from "../../src/store/volume-store.ts";
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** What is restored from a snapshot is the snapshot itself: whoever writes to it writes to all that were restored from it. */
export const mutant: Mutant = {
  slug: "restore-writes-snapshot",
  title: "Restored volumes share the blocks of their snapshot",
  breaks: ["snap/isolation"],
  caughtBy: ["snapshot/copies-share-nothing"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      activate: async (id) => good.activate(await behind(good, id)),
      activated: async (id) => good.activated(await behind(good, id)),
      activateReadOnly: async (id) => good.activateReadOnly(await behind(good, id)),
      deactivate: async (id) => good.deactivate(await behind(good, id)),
    })),
};

async function behind(store: VolumeStore, id: string): Promise<string> {
  const source = (await store.find(id))?.source;
  const snapshot = source?.kind === "snapshot" ? await store.find(source.id) : undefined;
  return snapshot?.id ?? id;
}

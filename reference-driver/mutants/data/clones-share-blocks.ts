// SPDX-License-Identifier: Apache-2.0
import type { VolumeStore } from "../../src/store/volume-store.ts";
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** A clone of the source's size is the source itself, as long as that exists. */
export const mutant: Mutant = {
  slug: "clones-share-blocks",
  title: "A clone shares the blocks of its source",
  breaks: ["snap/clone"],
  caughtBy: ["snapshot/clones-share-nothing"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      activate: async (id) => good.activate(await behind(good, id)),
      activated: async (id) => good.activated(await behind(good, id)),
      activateReadOnly: async (id) => good.activateReadOnly(await behind(good, id)),
      deactivate: async (id) => good.deactivate(await behind(good, id)),
    })),
};

async function behind(store: VolumeStore, id: string): Promise<string> {
  const volume = await store.find(id);
  const source = volume?.source?.kind === "volume" ? await store.find(volume.source.id) : undefined;
  return volume?.kind === "volume" && source?.bytes === volume.bytes ? source.id : id;
}

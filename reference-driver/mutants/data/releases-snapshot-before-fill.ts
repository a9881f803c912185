// SPDX-License-Identifier: Apache-2.0
import { setTimeout as pause } from "node:timers/promises";
import { copyDevice } from "../../src/store/device-content.ts";
import type { VolumeStore } from "../../src/store/volume-store.ts";
import type { Mutant } from "../mutant.ts";

const LATER_MS = 4_000;

/** A restored volume is said to exist and is filled afterwards. Pods wait for it, so that it only shows when the snapshot is gone. */
export const mutant: Mutant = {
  slug: "releases-snapshot-before-fill",
  title: "A restored volume is said to exist before the snapshot's bytes are copied",
  breaks: ["snap/source-protection"],
  caughtBy: ["snapshot/nothing-goes-too-early"],
  wrap: (services) => {
    const fills = new Map<string, Promise<void>>();
    return {
      ...services,
      openStore: async (options) => {
        const good = await services.openStore(options);
        return {
          ...good,
          create: async (spec) => {
            const from = spec.source?.kind === "snapshot" ? await good.find(spec.source.id) : undefined;
            if (from === undefined) return good.create(spec);
            const made = await good.create({ ...spec, source: undefined });
            if (!fills.has(spec.id)) fills.set(spec.id, fillLater(good, from.id, spec.id));
            return { ...made, source: spec.source };
          },
          delete: async (id) => {
            await fills.get(id);
            await good.delete(id);
          },
        };
      },
      createNode: (parts) => {
        const good = services.createNode(parts);
        return {
          ...good,
          nodeStageVolume: async (request) => {
            await fills.get(request.volumeId);
            return good.nodeStageVolume(request);
          },
        };
      },
    };
  },
};

async function fillLater(store: VolumeStore, from: string, to: string): Promise<void> {
  await pause(LATER_MS);
  if ((await store.find(from)) === undefined) return;
  await store.exclusively(to, async () => {
    await copyDevice(await store.activate(from), await store.activate(to));
    await Promise.all([store.deactivate(from), store.deactivate(to)]);
  });
}

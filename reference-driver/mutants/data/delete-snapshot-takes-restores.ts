// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";
import { wipeDevice } from "../wipe-device.ts";

/** As with a back end whose restored volumes read what they did not write themselves from the snapshot. */
export const mutant: Mutant = {
  slug: "delete-snapshot-takes-restores",
  title: "With a snapshot the bytes of the volumes restored from it go",
  breaks: ["snap/survives-source"],
  caughtBy: ["snapshot/outlives-its-source"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      delete: async (id) => {
        const restored = (await good.list()).filter((volume) => volume.source?.id === id);
        const isSnapshot = (await good.find(id))?.kind === "snapshot";
        await good.delete(id);
        if (!isSnapshot) return;
        for (const volume of restored)
          await good.exclusively(volume.id, async () =>
            wipeDevice(await good.activate(volume.id), volume.bytes),
          );
      },
    })),
};

// SPDX-License-Identifier: Apache-2.0
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";
import { wipeDevice } from "../wipe-device.ts";

/** As with a back end whose snapshots are only differences to their source. */
export const mutant: Mutant = {
  slug: "delete-source-takes-snapshots",
  title: "With a volume the bytes of its snapshots go",
  breaks: ["snap/survives-source"],
  caughtBy: ["snapshot/outlives-its-source"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      delete: async (id) => {
        const all = await good.list();
        await good.delete(id);
        for (const { id: snapshot, kind, source, bytes } of all) {
          if (kind !== "snapshot" || source?.id !== id) continue;
          await good.exclusively(snapshot, async () => {
            await wipeDevice(await good.activate(snapshot), bytes);
            await good.deactivate(snapshot);
          });
        }
      },
    })),
};

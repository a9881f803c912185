// SPDX-License-Identifier: Apache-2.0
import type { Services } from "../src/composition/services.ts";
import { makeExt4 } from "../src/mount/ext4.ts";
import { mountOf } from "../src/mount/freeze.ts";
import { breakNode } from "./break-services.ts";

/** Formats each volume made before a moment, once, when it is staged and not in use. */
export function formatOlder(services: Services, moment: () => Date): Services {
  return breakNode(services, (good, store) => {
    const before = moment();
    const known = new Set<string>();
    return {
      nodeStageVolume: async (request) => {
        const { volumeId: id } = request;
        const volume = await store.find(id);
        if (volume !== undefined && volume.createdAt < before && !known.has(id))
          await store.exclusively(id, async () => {
            const device = await store.activate(id);
            if ((await mountOf(device)) === undefined) await makeExt4(device);
          });
        known.add(id);
        return good.nodeStageVolume(request);
      },
    };
  });
}

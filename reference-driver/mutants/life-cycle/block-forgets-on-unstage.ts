// SPDX-License-Identifier: Apache-2.0
import { contentType } from "../../src/mount/device-content-type.ts";
import { breakNode } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";
import { wipeDevice } from "../wipe-device.ts";

/** A device without a file system is taken for one that holds nothing. */
export const mutant: Mutant = {
  slug: "block-forgets-on-unstage",
  title: "A block volume is cleared when its last pod on the node is gone",
  breaks: ["life/block", "snap/mode"],
  caughtBy: ["life-cycle/block-volume-keeps-its-bytes"],
  wrap: (services) =>
    breakNode(services, (good, store) => ({
      nodeUnstageVolume: async (request) => {
        const { volumeId: id } = request;
        const device = await store.activated(id);
        const volume = await store.find(id);
        if (device !== undefined && volume !== undefined && (await contentType(device)) === undefined)
          await wipeDevice(device, volume.bytes);
        return good.nodeUnstageVolume(request);
      },
    })),
};

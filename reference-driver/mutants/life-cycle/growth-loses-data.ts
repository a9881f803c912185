// SPDX-License-Identifier: Apache-2.0
import { mountOf } from "../../src/mount/freeze.ts";
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";
import { wipeDevice } from "../wipe-device.ts";

/** As a back end does that makes a new volume of the new size and forgets to copy; what is mounted is spared. */
export const mutant: Mutant = {
  slug: "growth-loses-data",
  title: "A volume that grows while it is not mounted is empty afterwards",
  breaks: ["life/expand"],
  caughtBy: ["life-cycle/grows-between-its-pods", "life-cycle/block-grows-under-its-pod"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      expand: async (id, bytes) => {
        const grown = await good.expand(id, bytes);
        const before = await good.activated(id);
        const device = before ?? (await good.activate(id));
        if ((await mountOf(device)) === undefined) await wipeDevice(device, grown.bytes);
        if (before === undefined) await good.deactivate(id);
        return grown;
      },
    })),
};

// SPDX-License-Identifier: Apache-2.0
import { clearDevice, copyDevice } from "../../src/store/device-content.ts";
import { whileFrozen } from "../../src/mount/freeze.ts";
import { onFirstStage } from "../first-stage.ts";
import { liveSourceOf } from "../live-source.ts";
import type { Mutant } from "../mutant.ts";

/** ext4 volumes and devices are restored as they should be. */
export const mutant: Mutant = {
  slug: "xfs-restores-live",
  title: "A restored xfs volume gets the source's present bytes",
  breaks: ["snap/point-in-time"],
  caughtBy: ["snapshot/xfs-restore-mounts-beside-its-source"],
  wrap: (services) =>
    onFirstStage(services, async ({ request, volume, device, store }) => {
      const live = await liveSourceOf(store, volume);
      if (request.volumeCapability?.mount?.fsType !== "xfs" || live === undefined) return;
      const from = await store.activate(live.id);
      await clearDevice(device);
      await whileFrozen(from, () => copyDevice(from, device));
    }),
};

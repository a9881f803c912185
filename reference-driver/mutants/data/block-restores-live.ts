// SPDX-License-Identifier: Apache-2.0
import { clearDevice, copyDevice } from "../../src/store/device-content.ts";
import { onFirstStage } from "../first-stage.ts";
import { liveSourceOf } from "../live-source.ts";
import type { Mutant } from "../mutant.ts";

/** Mounted volumes are restored as they should be; devices are not. */
export const mutant: Mutant = {
  slug: "block-restores-live",
  title: "A restored block volume gets the source's present bytes",
  breaks: ["snap/point-in-time"],
  caughtBy: ["snapshot/block-restore-keeps-the-moment"],
  wrap: (services) =>
    onFirstStage(services, async ({ request, volume, device, store }) => {
      const live = await liveSourceOf(store, volume);
      if (!request.volumeCapability?.block || live === undefined) return;
      await clearDevice(device);
      await copyDevice(await store.activate(live.id), device);
    }),
};

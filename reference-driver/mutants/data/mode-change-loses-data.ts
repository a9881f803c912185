// SPDX-License-Identifier: Apache-2.0
import { contentType } from "../../src/mount/device-content-type.ts";
import { clearDevice } from "../../src/store/device-content.ts";
import { onFirstStage } from "../first-stage.ts";
import type { Mutant } from "../mutant.ts";

export const mutant: Mutant = {
  slug: "mode-change-loses-data",
  title: "A mounted volume's snapshot restored as a device, as its content allows, is empty",
  breaks: ["snap/mode"],
  caughtBy: ["snapshot/mode-changes-only-when-allowed"],
  wrap: (services) =>
    onFirstStage(services, async ({ request, device }) => {
      if (request.volumeCapability?.block && (await contentType(device)) !== undefined)
        await clearDevice(device);
    }),
};

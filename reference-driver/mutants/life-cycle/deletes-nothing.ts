// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** DeleteVolume answers that all went well and leaves the volume where it is. */
export const mutant: Mutant = {
  slug: "deletes-nothing",
  title: "DeleteVolume succeeds and the back end keeps the volume",
  breaks: ["life/reclaim"],
  caughtBy: ["life-cycle/ephemeral-volume-has-one-pod"],
  wrap: (services) => ({
    ...services,
    createController: (parts) => ({
      ...services.createController(parts),
      deleteVolume: () => Promise.resolve({}),
    }),
  }),
};

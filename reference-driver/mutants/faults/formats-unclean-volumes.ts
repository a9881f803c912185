// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";
import { onUncleanStage } from "../unclean-stage.ts";

/** What does not mount at the first try is taken for damaged, and begun anew. */
export const mutant: Mutant = {
  slug: "formats-unclean-volumes",
  title: "A filesystem that was not unmounted properly is formatted when it comes back",
  breaks: ["fault/power-loss"],
  caughtBy: ["faults/power-cut-keeps-what-was-synced", "faults/power-cut-keeps-what-xfs-synced"],
  wrap: (services) => onUncleanStage(services, (filesystem, device) => filesystem.make(device)),
};

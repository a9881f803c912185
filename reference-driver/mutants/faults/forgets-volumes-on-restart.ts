// SPDX-License-Identifier: Apache-2.0
import { formatOlder } from "../format-older.ts";
import type { Mutant } from "../mutant.ts";

/** M25 of the research, node: which volumes were formatted is kept in memory alone. */
export const mutant: Mutant = {
  slug: "forgets-volumes-on-restart",
  title:
    "A node plug-in that was restarted takes the volumes of its earlier life for new ones and formats them",
  breaks: ["fault/driver-restart"],
  caughtBy: ["faults/node-plugin-killed-under-a-pod"],
  fromStart: true,
  wrap: (services) => formatOlder(services, () => new Date()),
};

// SPDX-License-Identifier: Apache-2.0
import { existsSync, statSync, writeFileSync } from "node:fs";
import { formatOlder } from "../format-older.ts";
import type { Mutant } from "../mutant.ts";

/** In a folder of the node's /run, which is empty after a start. */
const MARK = "/run/lock/seaworthy-lvm/mutant-was-here";

/** Which volumes were formatted is kept in a file that outlives the process and not the node. */
export const mutant: Mutant = {
  slug: "forgets-volumes-on-reboot",
  title: "A node that was restarted takes the volumes it had for new ones and formats them",
  breaks: ["fault/node-restart"],
  caughtBy: ["faults/node-restarts-under-pods"],
  fromStart: true,
  wrap: (services) => formatOlder(services, firstStart),
};

function firstStart(): Date {
  if (!existsSync(MARK)) writeFileSync(MARK, "");
  return statSync(MARK).mtime;
}

// SPDX-License-Identifier: Apache-2.0
import type { FileHandle } from "node:fs/promises";
import type { Mutant } from "../mutant.ts";
import { writeAfterCut } from "../write-after-cut.ts";

const BLOCK = 4096;
const LATER_MS = 500;

/** The first block that the source writes after the cut is half in the snapshot. */
export const mutant: Mutant = {
  slug: "tears-a-block",
  title: "A snapshot holds half of a block that was being written",
  breaks: ["snap/in-use"],
  caughtBy: ["snapshot/under-load-is-crash-consistent"],
  wrap: (services) => writeAfterCut(services, LATER_MS, tear),
};

async function tear(source: FileHandle, target: FileHandle, bytes: number): Promise<void> {
  const [now, then, zeros] = [Buffer.alloc(BLOCK), Buffer.alloc(BLOCK), Buffer.alloc(BLOCK)];
  for (let offset = 0; offset < bytes; offset += BLOCK) {
    await Promise.all([source.read(now, 0, BLOCK, offset), target.read(then, 0, BLOCK, offset)]);
    if (!then.equals(zeros) || now.equals(zeros)) continue;
    await target.write(now, 0, BLOCK / 2, offset);
    break;
  }
}

// SPDX-License-Identifier: Apache-2.0
import type { FileHandle } from "node:fs/promises";
import type { Mutant } from "../mutant.ts";
import { writeAfterCut } from "../write-after-cut.ts";

const STRIPE = 64 * 1024;
const LATER_MS = 1_000;

/** Every other stripe of a snapshot is read a second after the first ones, while writes go on. */
export const mutant: Mutant = {
  slug: "copies-in-two-moments",
  title: "A snapshot is put together from two moments",
  breaks: ["snap/in-use"],
  caughtBy: ["snapshot/under-load-is-crash-consistent"],
  wrap: (services) => writeAfterCut(services, LATER_MS, copyStripes),
};

async function copyStripes(source: FileHandle, target: FileHandle, bytes: number): Promise<void> {
  const stripe = Buffer.alloc(STRIPE);
  for (let offset = STRIPE; offset < bytes; offset += 2 * STRIPE) {
    const { bytesRead } = await source.read(stripe, 0, STRIPE, offset);
    await target.write(stripe, 0, bytesRead, offset);
  }
}

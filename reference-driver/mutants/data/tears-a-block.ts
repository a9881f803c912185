// SPDX-License-Identifier: Apache-2.0
import { open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { runCommand } from "../../src/support/run-command.ts";
import { breakStore } from "../break-services.ts";
import { liveSourceOf } from "../live-source.ts";
import type { Mutant } from "../mutant.ts";

const BLOCK = 4096;
const LATER_MS = 500;

/** The first block that the source writes after the cut is half in the snapshot. */
export const mutant: Mutant = {
  slug: "tears-a-block",
  title: "A snapshot holds half of a block that was being written",
  breaks: ["snap/in-use"],
  caughtBy: ["snapshot/under-load-is-crash-consistent"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      create: async (spec) => {
        const made = await good.create(spec);
        const live = spec.kind === "snapshot" ? await liveSourceOf(good, spec) : undefined;
        const device = live && (await good.activated(live.id));
        if (device === undefined) return made;
        await pause(LATER_MS);
        const copy = await good.activate(spec.id);
        await runCommand(["blockdev", "--flushbufs", device]);
        await tear(device, copy, made.bytes);
        await good.deactivate(spec.id);
        return made;
      },
    })),
};

async function tear(from: string, to: string, bytes: number): Promise<void> {
  const [source, target] = await Promise.all([open(from, "r"), open(to, "r+")]);
  const [now, then, zeros] = [Buffer.alloc(BLOCK), Buffer.alloc(BLOCK), Buffer.alloc(BLOCK)];
  for (let offset = 0; offset < bytes; offset += BLOCK) {
    await Promise.all([source.read(now, 0, BLOCK, offset), target.read(then, 0, BLOCK, offset)]);
    if (!then.equals(zeros) || now.equals(zeros)) continue;
    await target.write(now, 0, BLOCK / 2, offset);
    break;
  }
  await target.sync();
  await Promise.all([source.close(), target.close()]);
}

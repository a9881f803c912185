// SPDX-License-Identifier: Apache-2.0
import { open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { runCommand } from "../../src/support/run-command.ts";
import { breakStore } from "../break-services.ts";
import { liveSourceOf } from "../live-source.ts";
import type { Mutant } from "../mutant.ts";

const STRIPE = 64 * 1024;
const LATER_MS = 1_000;

/** Every other stripe of a snapshot is read a second after the first ones, while writes go on. */
export const mutant: Mutant = {
  slug: "copies-in-two-moments",
  title: "A snapshot is put together from two moments",
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
        await copyStripes(device, copy, made.bytes);
        await good.deactivate(spec.id);
        return made;
      },
    })),
};

async function copyStripes(from: string, to: string, bytes: number): Promise<void> {
  const [source, target] = await Promise.all([open(from, "r"), open(to, "r+")]);
  const stripe = Buffer.alloc(STRIPE);
  for (let offset = STRIPE; offset < bytes; offset += 2 * STRIPE) {
    const { bytesRead } = await source.read(stripe, 0, STRIPE, offset);
    await target.write(stripe, 0, bytesRead, offset);
  }
  await target.sync();
  await Promise.all([source.close(), target.close()]);
}

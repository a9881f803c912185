// SPDX-License-Identifier: Apache-2.0
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Services } from "../src/composition/services.ts";
import { runCommand } from "../src/support/run-command.ts";
import { breakStore } from "./break-services.ts";
import { liveSourceOf } from "./live-source.ts";

/** Puts present bytes of a source into its snapshot; `bytes` is the size of both. */
export type LateWrite = (source: FileHandle, snapshot: FileHandle, bytes: number) => Promise<void>;

/** Writes to each snapshot of a volume in use some time after it was cut, while writes to its source go on. */
export function writeAfterCut(services: Services, laterMs: number, write: LateWrite): Services {
  return breakStore(services, (good) => ({
    create: async (spec) => {
      const made = await good.create(spec);
      const live = spec.kind === "snapshot" ? await liveSourceOf(good, spec) : undefined;
      const device = live && (await good.activated(live.id));
      if (device === undefined) return made;
      await pause(laterMs);
      const copy = await good.activate(spec.id);
      await runCommand(["blockdev", "--flushbufs", device]);
      const [source, target] = await Promise.all([open(device, "r"), open(copy, "r+")]);
      await write(source, target, made.bytes);
      await target.sync();
      await Promise.all([source.close(), target.close()]);
      await good.deactivate(spec.id);
      return made;
    },
  }));
}

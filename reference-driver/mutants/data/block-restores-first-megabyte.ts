// SPDX-License-Identifier: Apache-2.0
import { onFirstStage } from "../first-stage.ts";
import type { Mutant } from "../mutant.ts";
import { runCommand } from "../../src/support/run-command.ts";

const MEGABYTE = 1024 ** 2;

export const mutant: Mutant = {
  slug: "block-restores-first-megabyte",
  title: "Of a restored block volume only the first megabyte has the snapshot's bytes",
  breaks: ["snap/point-in-time"],
  caughtBy: ["snapshot/block-restore-keeps-the-moment"],
  wrap: (services) =>
    onFirstStage(services, async ({ request, volume, device }) => {
      if (!request.volumeCapability?.block) return;
      const rest = ["--offset", String(MEGABYTE), "--length", String(volume.bytes - MEGABYTE)];
      await runCommand(["blkdiscard", "--zeroout", ...rest, device]);
    }),
};

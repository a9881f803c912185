// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { mountArguments } from "../../src/mount/mount-arguments.ts";
import { mountAt } from "../../src/mount/mount-table.ts";
import { runCommand } from "../../src/support/run-command.ts";
import { onFirstStage } from "../first-stage.ts";
import type { Mutant } from "../mutant.ts";

/** It mounts what came from a snapshot as it is; the good service finds it staged and has nothing to do. */
export const mutant: Mutant = {
  slug: "larger-restore-does-not-grow",
  title: "The device of a larger restore has the new size and its file system the old one",
  breaks: ["snap/size"],
  caughtBy: ["snapshot/restore-grows-and-never-shrinks"],
  wrap: (services) =>
    onFirstStage(services, async ({ request, device }) => {
      const { stagingTargetPath: target, volumeCapability } = request;
      const fsType = volumeCapability?.mount?.fsType;
      if (fsType !== "ext4" || (await mountAt(target)) !== undefined) return;
      await mkdir(target, { recursive: true });
      await runCommand(mountArguments(fsType, [], device, target));
    }),
};

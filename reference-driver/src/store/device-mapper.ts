// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { runCommand } from "../support/run-command.ts";
import type { Activation } from "./activation.ts";

/** Activation by LVM itself, where the kernel has device-mapper. */
export const deviceMapper: Activation = {
  kind: "device-mapper",
  cutArguments: ["-an", "-Zn", "-Wn"],
  removeArguments: [],
  onePiece: false,
  copyOnWrite: true,
  async open(group, volume) {
    await runCommand(["lvchange", "-y", "-ay", "-K", `${group.name}/${volume.name}`]);
    return volume.path;
  },
  opened: (_group, volume) => Promise.resolve(existsSync(volume.path) ? volume.path : undefined),
  async close(group, volume) {
    // A snapshot is active as long as its origin is; it cannot be switched off alone.
    if (volume.origin === undefined)
      await runCommand(["lvchange", "-y", "-an", `${group.name}/${volume.name}`]);
  },
};

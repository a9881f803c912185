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
  async openReadOnly(group, volume) {
    const name = readOnlyName(group.name, volume.name);
    const device = `/dev/mapper/${name}`;
    if (existsSync(device)) return device;
    const sectors = (await runCommand(["blockdev", "--getsz", volume.path])).stdout.trim();
    const table = `0 ${sectors} linear ${volume.path} 0`;
    await runCommand(["dmsetup", "create", name, "--readonly", "--table", table]);
    return device;
  },
  openedReadOnly: (group, volume) => {
    const device = `/dev/mapper/${readOnlyName(group.name, volume.name)}`;
    return Promise.resolve(existsSync(device) ? device : undefined);
  },
  async close(group, volume) {
    const name = readOnlyName(group.name, volume.name);
    if (existsSync(`/dev/mapper/${name}`)) await runCommand(["dmsetup", "remove", name]);
    // A snapshot is active as long as its origin is; it cannot be switched off alone.
    if (volume.origin === undefined)
      await runCommand(["lvchange", "-y", "-an", `${group.name}/${volume.name}`]);
  },
};

function readOnlyName(group: string, volume: string): string {
  return `sw-ro-${group}-${volume}`;
}

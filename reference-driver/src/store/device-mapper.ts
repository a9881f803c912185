// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { resume, whileSuspended } from "../mount/suspend.ts";
import { runCommand } from "../support/run-command.ts";
import { deviceBytes } from "../mount/device-size.ts";
import type { Activation } from "./activation.ts";
import { clearDevice, clearRange } from "./device-content.ts";

const SECTOR_BYTES = 512;

/** Activation by LVM itself, where the kernel has device-mapper. */
export const deviceMapper: Activation = {
  kind: "device-mapper",
  cutArguments: ["-an", "-Zn", "-Wn"],
  extendArguments: [],
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
    await runCommand(["dmsetup", "create", name, "--readonly", "--table", await linearTable(volume.path)]);
    return device;
  },
  openedReadOnly: (group, volume) => {
    const device = `/dev/mapper/${readOnlyName(group.name, volume.name)}`;
    return Promise.resolve(existsSync(device) ? device : undefined);
  },
  async clear(group, volume) {
    await clearDevice(await this.open(group, volume));
    await this.close(group, volume);
  },
  async grown(group, volume, from) {
    const wasOpen = existsSync(volume.path);
    await this.open(group, volume);
    await clearRange(volume.path, from, volume.bytes - from);
    const name = readOnlyName(group.name, volume.name);
    if (existsSync(`/dev/mapper/${name}`)) {
      await runCommand(["dmsetup", "load", name, "--readonly", "--table", await linearTable(volume.path)]);
      await runCommand(["dmsetup", "resume", name]);
    }
    if (!wasOpen) await this.close(group, volume);
  },
  // LVM freezes the filesystem itself as it cuts, and kernels before 6.8 refuse to freeze one that fsfreeze has frozen:
  // suspending the device is the freeze that LVM finds done.
  whileHeld: whileSuspended,
  release: resume,
  whileHeldElsewhere: (_group, _volume, work) => work(),
  takeFromOthers: () => Promise.resolve(),
  async close(group, volume) {
    const name = readOnlyName(group.name, volume.name);
    if (existsSync(`/dev/mapper/${name}`)) await runCommand(["dmsetup", "remove", name]);
    // A snapshot is active as long as its origin is; it cannot be switched off alone.
    if (volume.origin === undefined)
      await runCommand(["lvchange", "-y", "-an", `${group.name}/${volume.name}`]);
  },
};

async function linearTable(device: string): Promise<string> {
  return `0 ${String((await deviceBytes(device)) / SECTOR_BYTES)} linear ${device} 0`;
}

function readOnlyName(group: string, volume: string): string {
  return `sw-ro-${group}-${volume}`;
}

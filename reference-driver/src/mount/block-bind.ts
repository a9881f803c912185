// SPDX-License-Identifier: Apache-2.0
import { mkdir, open, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "../support/run-command.ts";
import { deviceNumber } from "./device-number.ts";
import { bindArguments } from "./mount-arguments.ts";
import { mountTable } from "./mount-table.ts";
import type { MountEntry } from "./mount-table.ts";

/** The places at which a device node is shown by a bind mount. */
export async function bindsOf(device: string): Promise<MountEntry[]> {
  const number = await deviceNumber(device);
  const name = path.basename(await realpath(device));
  const candidates = (await mountTable()).filter((entry) => path.basename(entry.root) === name);
  const shown = await Promise.all(candidates.map(async ({ target }) => shownDevice(target)));
  return candidates.filter((_, index) => shown[index] === number);
}

/** Number of the block device a path is, as `major:minor`; undefined when it is none. */
export async function shownDevice(target: string): Promise<string | undefined> {
  const seen = await stat(target).catch(() => undefined);
  return seen?.isBlockDevice() === true ? deviceNumber(target) : undefined;
}

/** Shows a device node on a file, which is made. */
export async function bindDevice(device: string, target: string, readOnly: boolean): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true, mode: 0o750 });
  await (await open(target, "a", 0o660)).close();
  await runCommand(bindArguments(device, target, readOnly));
}

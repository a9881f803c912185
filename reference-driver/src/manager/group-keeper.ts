// SPDX-License-Identifier: Apache-2.0
import { realpath, stat } from "node:fs/promises";
import { messageOf } from "../support/log.ts";
import { runCommand } from "../support/run-command.ts";
import { readRows } from "../store/lvm-report.ts";
import { onlyDevice } from "./lvm-configuration.ts";
import type { DeviceState } from "./pool-conditions.ts";

/** What a group is kept by. */
export interface GroupKeeperParts {
  /** Lets every LVM command of the node see a device from now on. */
  readonly admit: (device: string) => Promise<void>;
}

const REPORT = ["--reportformat", "json", "--units", "b", "--nosuffix"];

/** Makes a volume group of devices, or adds to it those it lacks. Nothing but a blank device is ever written to. */
export async function keepGroup(
  volumeGroup: string,
  paths: readonly string[],
  { admit }: GroupKeeperParts,
): Promise<DeviceState[]> {
  const states: DeviceState[] = [];
  // One after the other: the first blank device makes the group, the others extend it.
  for (const path of paths) states.push(await keepDevice(path));
  return states;

  async function keepDevice(path: string): Promise<DeviceState> {
    try {
      const found = await stat(path).catch(() => undefined);
      if (found?.isBlockDevice() !== true)
        return { path, state: "Missing", why: found === undefined ? "no such device" : "no block device" };
      const group = await groupOf(path);
      if (group === volumeGroup) {
        await admit(path);
        return { path, state: "InGroup" };
      }
      const content =
        group === undefined || group === "" ? await signatures(path) : [`volume group ${group}`];
      if (content.length > 0) return { path, state: "Foreign", why: `holds ${content.join(", ")}` };
      await admit(path);
      const verb = (await groupExists(volumeGroup)) ? "vgextend" : "vgcreate";
      await runCommand([verb, "--yes", "--quiet", volumeGroup, path]);
      return { path, state: "InGroup" };
    } catch (error) {
      return { path, state: "Failed", why: messageOf(error) };
    }
  }
}

/** How many physical volumes of a group LVM cannot find; 0 for a group that does not exist. */
export async function missingDevices(volumeGroup: string): Promise<number> {
  const select = ["--options", "vg_missing_pv_count", "--select", `vg_name=${volumeGroup}`];
  const { stdout } = await runCommand(["vgs", ...REPORT, ...select]);
  return Number(readRows(stdout)[0]?.["vg_missing_pv_count"] ?? 0);
}

/** Name of the volume group a device belongs to; "" for a physical volume without one, undefined for no physical volume. */
async function groupOf(device: string): Promise<string | undefined> {
  const options = ["--config", onlyDevice(device), "--options", "pv_name,vg_name"];
  // Groups of other nodes are shown too: they must be known to be left alone.
  const { stdout } = await runCommand(["pvs", ...REPORT, "--foreign", ...options]);
  const real = await realpath(device);
  const row = readRows(stdout).find((one) => one["pv_name"] === device || one["pv_name"] === real);
  return row?.["vg_name"];
}

/** What the device holds by its signatures: filesystems, partition tables, RAID, LVM. */
async function signatures(device: string): Promise<string[]> {
  const { stdout } = await runCommand(["wipefs", "--no-act", "--json", device]);
  if (stdout.trim() === "") return [];
  const { signatures: found } = JSON.parse(stdout) as { signatures: { type: string }[] };
  return found.map((signature) => signature.type);
}

async function groupExists(volumeGroup: string): Promise<boolean> {
  const { stdout } = await runCommand([
    "vgs",
    ...REPORT,
    "--options",
    "vg_name",
    "--select",
    `vg_name=${volumeGroup}`,
  ]);
  return readRows(stdout).length > 0;
}

// SPDX-License-Identifier: Apache-2.0
import { open } from "node:fs/promises";
import { z } from "zod";
import { exec } from "../../support/exec.ts";
import { thawAbandoned } from "./thaw-abandoned.ts";

const losetupReport = z.object({
  loopdevices: z.array(
    z.object({ name: z.string(), "back-file": z.string().nullable(), "back-maj:min": z.string().nullable() }),
  ),
});

/** A loop device and the file or device behind it. */
export interface LoopDevice {
  readonly name: string;
  readonly backing: string;
  /** Device number of the filesystem that holds the file, as `0:56`. */
  readonly backingFilesystem: string;
}

/** All attached loop devices of the host. */
export async function listLoopDevices(): Promise<LoopDevice[]> {
  const { stdout } = await exec(["losetup", "--list", "--json", "--output", "NAME,BACK-FILE,BACK-MAJ:MIN"]);
  if (stdout.trim() === "") return [];
  return losetupReport.parse(JSON.parse(stdout)).loopdevices.map((device) => ({
    name: device.name,
    backing: (device["back-file"] ?? "").replace(/ \(deleted\)$/, ""),
    backingFilesystem: (device["back-maj:min"] ?? "").trim(),
  }));
}

/**
 * Makes a sparse file and attaches a loop device to it; the journal must name the file already.
 * @param bytes size of the file
 * @returns the device, such as `/dev/loop8`
 */
export async function attachLoopDevice(backingFile: string, bytes: number): Promise<string> {
  const handle = await open(backingFile, "wx", 0o600);
  await handle.truncate(bytes).finally(() => handle.close());
  const { stdout } = await exec(["losetup", "--find", "--show", backingFile]);
  return stdout.trim();
}

/** Detaches the device of a file, and first every device that a driver has mapped on top of it. */
export async function detachLoopDevices(backingFile: string): Promise<void> {
  const devices = await listLoopDevices();
  const pools = devices.filter((device) => device.backing === backingFile);
  const mapped = devices.filter((device) => pools.some((pool) => isMappedOn(device, pool)));
  const detachable = [...devices.filter((device) => isHoldOn(device, mapped)), ...mapped, ...pools];
  for (const { name } of detachable) {
    // one that was busy before clears itself with its last user
    if (await isAttached(name)) await exec(["losetup", "--detach", name]);
    if (await isAttached(name)) await thawAbandoned(name);
    if (await isAttached(name)) await exec(["losetup", "--detach", name], { allowFailure: true });
  }
}

async function isAttached(device: string): Promise<boolean> {
  return (await listLoopDevices()).some(({ name }) => name === device);
}

/**
 * Seen from the host, the backing device of a mapping made in a container is a path in that container's /dev: `/loop1`, or
 * `/loop1.node` where several nodes map the same device.
 */
function isMappedOn(mapped: LoopDevice, pool: LoopDevice): boolean {
  const [backing = ""] = mapped.backing.replace(/^\/dev/, "").split(".");
  return `/dev${backing}` === pool.name;
}

/**
 * The kubelet holds a Block volume by a loop device on a bind mount of the volume's device: from the host its backing
 * file is `/`, in the same /dev of a node as the mapping's.
 */
function isHoldOn(device: LoopDevice, mapped: readonly LoopDevice[]): boolean {
  return (
    device.backing === "/" &&
    mapped.some(({ backingFilesystem }) => backingFilesystem === device.backingFilesystem)
  );
}

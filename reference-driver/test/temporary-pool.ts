// SPDX-License-Identifier: Apache-2.0
import { glob, mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCommand } from "../src/support/run-command.ts";
import { mountTable } from "../src/mount/mount-table.ts";

/** A real volume group on a loop device over a sparse file, gone without a trace after `remove`. */
export interface TemporaryPool {
  readonly folder: string;
  readonly node: string;
  readonly volumeGroup: string;
  readonly lvmSystemDir: string;
  readonly poolsFile: string;
  readonly backingFile: string;
  readonly device: string;
  remove(): Promise<void>;
}

/** Why no pool can be made on this machine; undefined when one can. */
export async function whyNoPool(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return "needs root for loop devices and LVM";
  try {
    await runCommand(["vgs", "--version"]);
    await runCommand(["losetup", "--version"]);
  } catch (error) {
    return `needs lvm2 and util-linux: ${String(error)}`;
  }
  return undefined;
}

/** Makes a pool, of the node or of a zone. LVM is told by LVM_SYSTEM_DIR to see its device alone. */
export async function makePool(node: string, bytes: number, zone?: string): Promise<TemporaryPool> {
  const folder = await mkdtemp(path.join(tmpdir(), "seaworthy-pool-"));
  const backingFile = path.join(folder, "pool.img");
  const lvmSystemDir = path.join(folder, "lvm");
  const poolsFile = path.join(folder, "pools.json");
  const volumeGroup = `sw-${path.basename(folder).slice(-6).toLowerCase()}`;
  await writeFile(backingFile, "");
  await truncate(backingFile, bytes);
  const device = (await runCommand(["losetup", "--find", "--show", backingFile])).stdout.trim();
  await mkdir(lvmSystemDir);
  await writeFile(path.join(lvmSystemDir, "lvm.conf"), lvmConfiguration(device, node));
  process.env["LVM_SYSTEM_DIR"] = lvmSystemDir;
  const pool = { node, folder, volumeGroup, lvmSystemDir, poolsFile, backingFile, device };
  await writeFile(
    poolsFile,
    JSON.stringify({ node, zone, pools: [{ class: "standard", volumeGroup, device }] }),
  );
  await runCommand(["vgcreate", "-y", volumeGroup, device]);
  return { ...pool, remove: () => removePool(pool) };
}

function lvmConfiguration(device: string, node: string): string {
  return [
    "activation { udev_sync=0 udev_rules=0 verify_udev_operations=0 monitoring=0 }",
    `devices { global_filter=["a|^${device}$|", "r|.*|"] obtain_device_list_from_udev=0 external_device_info_source="none" use_devicesfile=0 }`,
    "backup { backup=0 archive=0 }",
    'global { use_aio=0 system_id_source="lvmlocal" }',
    `local { system_id="${node}" }`,
    "",
  ].join("\n");
}

async function removePool(pool: Omit<TemporaryPool, "remove">): Promise<void> {
  process.env["LVM_SYSTEM_DIR"] = pool.lvmSystemDir;
  const mounts = (await mountTable()).filter((entry) => entry.target.startsWith(`${pool.folder}/`));
  for (const entry of mounts.reverse()) await runCommand(["umount", entry.target]);
  for (const loop of await loopsOver(pool.device)) await runCommand(["losetup", "--detach", loop]);
  await runCommand(["vgremove", "-ff", "-y", "--driverloaded", "n", pool.volumeGroup]);
  await runCommand(["losetup", "--detach", pool.device]);
  await rm(pool.folder, { recursive: true });
  for await (const alias of glob(`${pool.device}.*`)) await rm(alias);
}

/** Loop devices that map a piece of a device. */
export async function loopsOver(device: string): Promise<string[]> {
  const listed = await runCommand(["losetup", "--json", "--list", "-O", "NAME,BACK-FILE"]);
  if (listed.stdout.trim() === "") return [];
  const { loopdevices } = JSON.parse(listed.stdout) as { loopdevices: Record<string, string | null>[] };
  const name = path.basename(device);
  return loopdevices
    .filter((row) => [name, `${name}.`].some((start) => isOver(path.basename(row["back-file"] ?? ""), start)))
    .map((row) => row["name"] ?? "");
}

/** The device itself, or a node of it named after who maps pieces of it. */
function isOver(backing: string, start: string): boolean {
  return start.endsWith(".") ? backing.startsWith(start) : backing === start;
}

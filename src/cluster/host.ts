// SPDX-License-Identifier: Apache-2.0
import { readFile, stat } from "node:fs/promises";
import { availableParallelism, freemem, totalmem } from "node:os";
import { exec } from "../support/exec.ts";

/** Facts about this machine that decide how a cluster is brought up. */
export interface HostFacts {
  readonly root: boolean;
  /** False when a privileged container would ask for more than this host can give. */
  readonly boundingSetFull: boolean;
  readonly cgroupVersion: 1 | 2;
  readonly deviceMapper: boolean;
  readonly loopControl: boolean;
  readonly fileSystems: { readonly ext4: boolean; readonly xfs: boolean; readonly overlay: boolean };
  readonly cpus: number;
  readonly memory: { readonly totalBytes: number; readonly freeBytes: number };
}

/** Reads what the kernel says; nothing is changed. */
export async function readHostFacts(): Promise<HostFacts> {
  const [status, fileSystems, cgroup2, loopControl, deviceMapper] = await Promise.all([
    readFile("/proc/self/status", "utf8"),
    readFile("/proc/filesystems", "utf8"),
    isFile("/sys/fs/cgroup/cgroup.controllers"),
    isFile("/dev/loop-control"),
    hasDeviceMapper(),
  ]);
  const has = (name: string): boolean =>
    fileSystems.split("\n").some((line) => line.trim().split(/\s+/).at(-1) === name);
  return {
    root: process.getuid?.() === 0,
    boundingSetFull: await isBoundingSetFull(status),
    cgroupVersion: cgroup2 ? 2 : 1,
    deviceMapper,
    loopControl,
    fileSystems: { ext4: has("ext4"), xfs: has("xfs"), overlay: has("overlay") },
    cpus: availableParallelism(),
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
  };
}

/** True when the program is on the PATH. */
export async function hasProgram(name: string): Promise<boolean> {
  return (await exec(["which", name], { allowFailure: true })).exitCode === 0;
}

/** The kernel's own device-mapper control node answers only where the driver is there; dmsetup need not be installed. */
async function hasDeviceMapper(): Promise<boolean> {
  const misc = await readFile("/proc/misc", "utf8").catch(() => "");
  return misc.includes("device-mapper");
}

/** The number of capabilities the kernel knows is in cap_last_cap: capabilities(7). */
async function isBoundingSetFull(status: string): Promise<boolean> {
  const set = BigInt(`0x${/^CapBnd:\s*(\w+)/m.exec(status)?.[1] ?? "0"}`);
  const last = BigInt((await readFile("/proc/sys/kernel/cap_last_cap", "utf8").catch(() => "40")).trim());
  return set === (1n << (last + 1n)) - 1n;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

// SPDX-License-Identifier: Apache-2.0
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import pRetry from "p-retry";
import { bindsOf } from "../mount/block-bind.ts";
import { mountOf, thaw, whileFrozen } from "../mount/freeze.ts";
import { deviceNumber } from "../mount/device-number.ts";
import { takeAway, whileFrozenElsewhere } from "../mount/elsewhere.ts";
import { whileUnwritten } from "../mount/quiet.ts";
import { runCommand } from "../support/run-command.ts";
import type { Activation } from "./activation.ts";
import type { ByteRange } from "./extents.ts";
import { clearRange } from "./device-content.ts";
import { findLoops, ownedLoops } from "./loop-report.ts";
import type { MappedLoop, OwnedLoop } from "./loop-report.ts";
import type { LvmVolume } from "./lvm-report.ts";
import type { VolumeGroup } from "./volume-group.ts";
import { setLoopRange } from "./loop-range.ts";

const LOOP_MAJOR = "7";
/** Nodes made ahead of need, as the next free number may have none yet. */
const SPARE_NODES = 8;

/** Where a volume's bytes lie, and by which name of the device this node opens them. */
type Locate = (group: VolumeGroup, volume: LvmVolume) => Promise<ByteRange>;

/** Activation where the kernel has no device-mapper: a loop device over the volume's extents on its physical device. */
export const loopMapping: Activation = mappingOf((group, volume) => group.locate(volume));

/**
 * Activation of volumes that several nodes of one kernel reach: each node maps a volume by a loop device of its own, as
 * separate machines would, which the name it opens the physical device by says.
 */
export function sharedLoopMapping(owner: string): Activation {
  const locate: Locate = async (group, volume) => {
    const range = await group.locate(volume);
    return { ...range, device: await makeAlias(range.device, owner), owner };
  };
  const everyone = async (group: VolumeGroup, volume: LvmVolume): Promise<OwnedLoop[]> => {
    await makeLoopNodes();
    return ownedLoops(await listLoops(), await group.locate(volume));
  };
  return {
    ...mappingOf(locate),
    whileHeldElsewhere: async (group, volume, work) => {
      const others = (await everyone(group, volume)).filter((loop) => loop.owner !== owner && !loop.leaving);
      return whileFrozenElsewhere(
        others.map((loop) => loop.device),
        work,
      );
    },
    async takeFromOthers(group, volume, keeper) {
      for (const loop of await everyone(group, volume))
        if (loop.owner !== keeper) await takeAway(loop.device);
    },
  };
}

function mappingOf(locate: Locate): Activation {
  return {
    kind: "loop-mapping",
    cutArguments: ["--driverloaded", "n", "-an", "-Zn", "-Wn", "--alloc", "contiguous"],
    extendArguments: ["--driverloaded", "n", "--alloc", "contiguous"],
    removeArguments: ["--driverloaded", "n"],
    onePiece: true,
    copyOnWrite: false,
    open: async (group, volume) => mapRange(await locate(group, volume), false),
    opened: async (group, volume) => mapped(await locate(group, volume), false),
    openReadOnly: async (group, volume) => mapRange(await locate(group, volume), true),
    openedReadOnly: async (group, volume) => mapped(await locate(group, volume), true),
    async clear(group, volume) {
      // Through the physical device: a loop device only for this would take longer than the clearing.
      const { device, offset, length } = await locate(group, volume);
      await clearRange(device, offset, length);
    },
    async grown(group, volume, from) {
      const range = await locate(group, volume);
      await clearRange(range.device, range.offset + from, range.length - from);
      for (const { device } of await loopsOf(range)) await setLoopRange(device, range);
    },
    whileHeld: async (device, work) =>
      (await bindsOf(device)).length === 0 ? whileFrozen(device, work) : whileUnwritten(device, work),
    whileHeldElsewhere: (_group, _volume, work) => work(),
    takeFromOthers: () => Promise.resolve(),
    async release(device) {
      const target = await mountOf(device);
      if (target !== undefined) await thaw(target);
    },
    async close(group, volume) {
      const loops = await loopsOf(await locate(group, volume));
      for (const { device } of loops) await runCommand(["losetup", "--detach", device]);
    },
  };
}

/** The loop devices that map a range. */
export async function loopsOf(range: ByteRange): Promise<MappedLoop[]> {
  return findLoops(await listLoops(), range);
}

async function listLoops(): Promise<string> {
  const fields = "NAME,BACK-FILE,OFFSET,SIZELIMIT,RO,AUTOCLEAR";
  return (await runCommand(["losetup", "--json", "--list", "-O", fields])).stdout;
}

async function mapped(range: ByteRange, readOnly: boolean): Promise<string | undefined> {
  const loops = await loopsOf(range);
  // One that was taken away stays until its last user lets go, but it serves nobody any more.
  const dead = (loop: MappedLoop): boolean => loop.leaving && range.owner !== undefined;
  return loops.find((loop) => loop.readOnly === readOnly && !dead(loop))?.device;
}

/** Finds the loop device of a range or attaches one. */
async function mapRange(range: ByteRange, readOnly: boolean): Promise<string> {
  const found = await mapped(range, readOnly);
  if (found !== undefined) return found;
  const bounds = ["--offset", String(range.offset), "--sizelimit", String(range.length)];
  const mode = readOnly ? ["--read-only"] : [];
  const find = async () => {
    await makeLoopNodes();
    return runCommand(["losetup", "--find", "--show", ...mode, ...bounds, range.device]);
  };
  // Loop devices are shared by all nodes of the host: another process can take the free one first.
  const { stdout } = await pRetry(find, { retries: 8, minTimeout: 20, maxTimeout: 500 });
  return stdout.trim();
}

/** A container's /dev is a copy made when it started: nodes of loop devices made since are missing in it. */
async function makeLoopNodes(): Promise<void> {
  const known = (await readdir("/sys/block"))
    .map((name) => /^loop(\d+)$/.exec(name)?.[1])
    .filter((n) => n !== undefined);
  const highest = Math.max(-1, ...known.map(Number));
  for (let number = 0; number <= highest + SPARE_NODES; number += 1) {
    const node = path.join("/dev", `loop${String(number)}`);
    const present = await stat(node).catch(() => undefined);
    // Exit code 1: another process made it in between.
    if (present === undefined)
      await runCommand(["mknod", "-m", "660", node, "b", LOOP_MAJOR, String(number)], [0, 1]);
  }
}

/** A second node of a physical device, named after who maps volumes through it. */
async function makeAlias(device: string, owner: string): Promise<string> {
  const alias = `${device}.${owner}`;
  const { rdev } = await stat(device);
  const present = await stat(alias).catch(() => undefined);
  if (present?.rdev === rdev) return alias;
  const [major = "", minor = ""] = (await deviceNumber(device)).split(":");
  // A number that another device had before the node was restarted.
  await rm(alias, { force: true });
  // Exit code 1: another plug-in of this node made it in between.
  await runCommand(["mknod", "-m", "660", alias, "b", major, minor], [0, 1]);
  return alias;
}

// SPDX-License-Identifier: Apache-2.0
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import pRetry from "p-retry";
import { bindsOf } from "../mount/block-bind.ts";
import { mountOf, thaw, whileFrozen } from "../mount/freeze.ts";
import { whileUnwritten } from "../mount/quiet.ts";
import { runCommand } from "../support/run-command.ts";
import type { Activation } from "./activation.ts";
import type { ByteRange } from "./extents.ts";
import { clearRange } from "./device-content.ts";
import { findLoops } from "./loop-report.ts";
import type { MappedLoop } from "./loop-report.ts";
import { setLoopRange } from "./loop-range.ts";

const LOOP_MAJOR = "7";
/** Nodes made ahead of need, as the next free number may have none yet. */
const SPARE_NODES = 8;

/** Activation where the kernel has no device-mapper: a loop device over the volume's extents on its physical device. */
export const loopMapping: Activation = {
  kind: "loop-mapping",
  cutArguments: ["--driverloaded", "n", "-an", "-Zn", "-Wn", "--alloc", "contiguous"],
  extendArguments: ["--driverloaded", "n", "--alloc", "contiguous"],
  removeArguments: ["--driverloaded", "n"],
  onePiece: true,
  copyOnWrite: false,
  open: async (group, volume) => mapRange(await group.locate(volume), false),
  opened: async (group, volume) => mapped(await group.locate(volume), false),
  openReadOnly: async (group, volume) => mapRange(await group.locate(volume), true),
  openedReadOnly: async (group, volume) => mapped(await group.locate(volume), true),
  async grown(group, volume, from) {
    const range = await group.locate(volume);
    await clearRange(range.device, range.offset + from, range.length - from);
    for (const { device } of await loopsOf(range)) await setLoopRange(device, range);
  },
  whileHeld: async (device, work) =>
    (await bindsOf(device)).length === 0 ? whileFrozen(device, work) : whileUnwritten(device, work),
  async release(device) {
    const target = await mountOf(device);
    if (target !== undefined) await thaw(target);
  },
  async close(group, volume) {
    const loops = await loopsOf(await group.locate(volume));
    for (const { device } of loops) await runCommand(["losetup", "--detach", device]);
  },
};

/** The loop devices that map a range. */
export async function loopsOf(range: ByteRange): Promise<MappedLoop[]> {
  const fields = "NAME,BACK-FILE,OFFSET,SIZELIMIT,RO";
  return findLoops((await runCommand(["losetup", "--json", "--list", "-O", fields])).stdout, range);
}

async function mapped(range: ByteRange, readOnly: boolean): Promise<string | undefined> {
  const loops = await loopsOf(range);
  return loops.find((loop) => loop.readOnly === readOnly)?.device;
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

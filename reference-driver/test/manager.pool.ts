// SPDX-License-Identifier: Apache-2.0
// The LVM manager's hands: groups of real loop devices, and what it must leave alone.
import { rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepGroup, missingDevices } from "../src/manager/group-keeper.ts";
import { createNodeFiles } from "../src/manager/node-files.ts";
import { runCommand } from "../src/support/run-command.ts";
import { makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const MIB = 1024 ** 2;
const reason = await whyNoPool();

describe.skipIf(reason !== undefined)(`the LVM manager${reason === undefined ? "" : `: ${reason}`}`, () => {
  let pool: TemporaryPool;
  let extra: string[];

  beforeEach(async () => {
    pool = await makePool("node-1", 64 * MIB);
    extra = [];
  });

  afterEach(async () => {
    // The group may have grown: it goes first, with LVM still seeing all its devices.
    await runCommand(["vgremove", "-ff", "-y", "--driverloaded", "n", ...(await groups())]);
    for (const device of extra) await runCommand(["losetup", "--detach", device]);
    await runCommand(["losetup", "--detach", pool.device]);
    await rm(pool.folder, { recursive: true });
  });

  it("adds a blank device to the group made beforehand, once", async () => {
    const device = await blankDevice();
    for (let time = 0; time < 2; time += 1)
      expect(await keep(pool.volumeGroup, [device])).toEqual([{ path: device, state: "InGroup" }]);
    expect(await devicesOf(pool.volumeGroup)).toEqual([pool.device, device].sort());
    expect(await missingDevices(pool.volumeGroup)).toBe(0);
  });

  it("makes a group of its own of two devices", async () => {
    const devices = [await blankDevice(), await blankDevice()];
    const group = `${pool.volumeGroup}-more`;
    expect((await keep(group, devices)).map((device) => device.state)).toEqual(["InGroup", "InGroup"]);
    expect(await devicesOf(group)).toEqual(devices.toSorted());
  });

  it("leaves a device alone that holds a filesystem, and goes on with the others", async () => {
    const [foreign, blank] = [await blankDevice(), await blankDevice()];
    await runCommand(["mkfs.ext4", "-q", foreign]);
    expect(await keep(pool.volumeGroup, [foreign, blank])).toEqual([
      { path: foreign, state: "Foreign", why: "holds ext4" },
      { path: blank, state: "InGroup" },
    ]);
    expect((await runCommand(["wipefs", "--no-act", "--json", foreign])).stdout).toContain("ext4");
  });

  it("leaves a device of another group alone", async () => {
    expect(await keep(`${pool.volumeGroup}-more`, [pool.device])).toEqual([
      { path: pool.device, state: "Foreign", why: `holds volume group ${pool.volumeGroup}` },
    ]);
  });

  it("says which device is not there", async () => {
    expect(await keep(pool.volumeGroup, ["/dev/no-such-device"])).toEqual([
      { path: "/dev/no-such-device", state: "Missing", why: "no such device" },
    ]);
  });

  it("counts a physical volume that vanished", async () => {
    const device = await blankDevice();
    await keep(pool.volumeGroup, [device]);
    await runCommand(["losetup", "--detach", device]);
    expect(await missingDevices(pool.volumeGroup)).toBe(1);
    expect((await keep(pool.volumeGroup, [device]))[0]?.state).not.toBe("InGroup");
    // Back again, as clean-up needs it.
    await runCommand(["losetup", device, backingOf(device)]);
    expect(await missingDevices(pool.volumeGroup)).toBe(0);
  });

  function keep(group: string, devices: readonly string[]) {
    const files = createNodeFiles("node-1", pool.poolsFile, pool.lvmSystemDir);
    return keepGroup(group, devices, { admit: (device) => files.admitDevice(device) });
  }

  const backing = new Map<string, string>();
  const backingOf = (device: string): string => backing.get(device) ?? "";

  async function blankDevice(): Promise<string> {
    const file = path.join(pool.folder, `extra-${String(extra.length)}.img`);
    await writeFile(file, "");
    await truncate(file, 64 * MIB);
    const device = (await runCommand(["losetup", "--find", "--show", file])).stdout.trim();
    extra.push(device);
    backing.set(device, file);
    return device;
  }

  async function groups(): Promise<string[]> {
    return lines(await runCommand(["vgs", "--noheadings", "-o", "vg_name"]));
  }

  async function devicesOf(group: string): Promise<string[]> {
    const { stdout } = await runCommand(["pvs", "--noheadings", "-o", "pv_name", "-S", `vg_name=${group}`]);
    return lines({ stdout }).sort();
  }

  function lines({ stdout }: { readonly stdout: string }): string[] {
    return stdout.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  }
});

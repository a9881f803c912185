// SPDX-License-Identifier: Apache-2.0
// The discoverer's eyes and hands: real block devices and mounts, found and cleaned.
import { mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanVolume } from "../src/discoverer/clean-volume.ts";
import { findVolumes } from "../src/discoverer/find-volumes.ts";
import { runCommand } from "../src/support/run-command.ts";
import { whyNoPool } from "./temporary-pool.ts";

const MIB = 1024 ** 2;
const reason = await whyNoPool();

describe.skipIf(reason !== undefined)(`static volumes${reason === undefined ? "" : `: ${reason}`}`, () => {
  let folder: string;
  let device: string;
  const inFolder = (name: string): string => path.join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "seaworthy-static-"));
    const backing = `${folder}.img`;
    await writeFile(backing, "");
    await truncate(backing, 64 * MIB);
    device = (await runCommand(["losetup", "--find", "--show", backing])).stdout.trim();
    await runCommand(["mkfs.ext4", "-q", device]);
  });

  afterEach(async () => {
    await runCommand(["umount", inFolder("mounted")], [0, 1, 32]);
    await runCommand(["losetup", "--detach", device]);
    await rm(folder, { recursive: true });
    await rm(`${folder}.img`);
  });

  it("finds devices by their links, and nothing in plain folders, files and dead links", async () => {
    await symlink(device, inFolder("disk"));
    await symlink("/dev/no-such-device", inFolder("dead"));
    await mkdir(inFolder("plain"));
    await writeFile(inFolder("file"), "x");
    expect(await findVolumes(folder)).toEqual([{ path: inFolder("disk"), mode: "Block", bytes: 64 * MIB }]);
  });

  it("finds a mount, and empties it", async () => {
    await mkdir(inFolder("mounted"));
    await runCommand(["mount", device, inFolder("mounted")]);
    const [found] = await findVolumes(folder);
    expect(found).toMatchObject({ path: inFolder("mounted"), mode: "Filesystem" });
    await mkdir(inFolder("mounted/a/b"), { recursive: true });
    await writeFile(inFolder("mounted/a/b/c"), "secret");
    await writeFile(inFolder("mounted/.hidden"), "secret");
    if (found !== undefined) await cleanVolume(found);
    expect(await readdir(inFolder("mounted"))).toEqual(["lost+found"]);
  });

  it("clears a device to zeros", async () => {
    await cleanVolume({ path: device, mode: "Block", bytes: 64 * MIB });
    await runCommand(["cmp", "--bytes", String(64 * MIB), device, "/dev/zero"]);
    expect((await runCommand(["wipefs", "--no-act", device])).stdout.trim()).toBe("");
  });
});

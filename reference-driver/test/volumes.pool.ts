// SPDX-License-Identifier: Apache-2.0
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mutant as forgetsIdleVolumes } from "../mutants/place/forgets-idle-volumes.ts";
import { goodServices } from "../src/composition/services.ts";
import { runCommand } from "../src/support/run-command.ts";
import { firstNonZero } from "./device-bytes.ts";
import { driverOnPool } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { loopsOver, makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `volumes on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeEach(async () => {
      pool = await makePool("pool-node", 512 * MIB);
      driver = await driverOnPool(pool);
    });
    afterEach(() => pool.remove());

    it("cuts one volume when the same call comes four times at once", async () => {
      const ids = await Promise.all([1, 2, 3, 4].map(() => driver.createVolume("once", 32)));
      expect(new Set(ids).size).toBe(1);
      expect(await driver.store.list()).toHaveLength(1);
    });

    it("cuts different volumes at once", async () => {
      await Promise.all(["a", "b", "c", "d"].map((name) => driver.createVolume(name, 32)));
      expect(await driver.store.list()).toHaveLength(4);
    });

    it("shows no old byte in a volume cut from used extents", async () => {
      const first = await driver.createVolume("used", 64);
      const device = await driver.store.activate(first);
      await runCommand([
        "dd",
        "if=/dev/urandom",
        `of=${device}`,
        "bs=1M",
        "count=64",
        "oflag=direct",
        "status=none",
      ]);
      expect(await firstNonZero(device)).toBeDefined();
      await driver.controller.deleteVolume({ volumeId: first });
      const second = await driver.createVolume("clean", 64);
      expect(await firstNonZero(await driver.store.activate(second))).toBeUndefined();
    });

    it("takes no loop device and no extent with it when a volume is deleted, and shrinks the backing file", async () => {
      const id = await driver.createVolume("gone", 128);
      await writeFile(path.join(await driver.stage(id), "file"), Buffer.alloc(64 * MIB, "x"));
      await driver.unstage(id);
      expect(await loopsOver(pool.device)).toEqual([]);
      const full = (await stat(pool.backingFile)).blocks;
      await driver.controller.deleteVolume({ volumeId: id });
      expect(await driver.store.list()).toEqual([]);
      expect(full - (await stat(pool.backingFile)).blocks).toBeGreaterThan((60 * MIB) / 512);
      const [usage] = await driver.store.pools();
      expect(usage?.availableBytes).toBe(usage?.capacityBytes);
    });

    it("answers RESOURCE_EXHAUSTED when nothing in one piece is large enough, and leaves nothing", async () => {
      await expect(driver.createVolume("huge", 4096)).rejects.toMatchObject({ code: "RESOURCE_EXHAUSTED" });
      expect(await driver.store.list()).toEqual([]);
    });

    it("refuses to delete a mounted volume and keeps its bytes", async () => {
      const id = await driver.createVolume("mounted", 32);
      const mounted = await driver.stage(id);
      await writeFile(path.join(mounted, "file"), "still here");
      await expect(driver.controller.deleteVolume({ volumeId: id })).rejects.toMatchObject({
        code: "FAILED_PRECONDITION",
      });
      expect(await readFile(path.join(mounted, "file"), "utf8")).toBe("still here");
    });

    it("never formats a volume that holds something else", async () => {
      const id = await driver.createVolume("foreign", 512 - 64);
      const device = await driver.store.activate(id);
      await runCommand(["mkfs.xfs", "-q", device]);
      await expect(driver.stage(id)).rejects.toMatchObject({ code: "FAILED_PRECONDITION" });
      expect((await runCommand(["blkid", "-p", "-o", "value", "-s", "TYPE", device])).stdout).toBe("xfs");
    });

    it("makes a volume anew that a killed process left half-made", async () => {
      const tags = ["sw.driver=test.seaworthy.dev", "sw.kind=volume", "sw.bytes=33554432", "sw.name=aGFsZg"];
      const id = await driver.createVolume("half", 32);
      await driver.controller.deleteVolume({ volumeId: id });
      const labels = tags.flatMap((tag) => ["--addtag", tag]);
      const how = ["--driverloaded", "n", "-an", "-Zn", "-Wn", "-y", "--alloc", "contiguous"];
      await runCommand(["lvcreate", ...how, "-n", id, "-L", "33554432b", ...labels, pool.volumeGroup]);
      expect(await driver.store.find(id)).toBeUndefined();
      expect(await driver.createVolume("half", 32)).toBe(id);
      expect((await driver.store.find(id))?.createdAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
    });

    it("stages twice, and finds its bytes after each unstage", async () => {
      const id = await driver.createVolume("kept", 32);
      await writeFile(path.join(await driver.stage(id), "file"), "kept");
      await driver.stage(id);
      for (let round = 0; round < 3; round += 1) {
        await driver.unstage(id);
        expect(await readFile(path.join(await driver.stage(id), "file"), "utf8")).toBe("kept");
      }
    });

    it("the mutant forgets-idle-volumes keeps a volume re-staged alone and loses the first of three", async () => {
      const mutant = await driverOnPool(pool, forgetsIdleVolumes.wrap(goodServices));
      const ids: string[] = [];
      for (const name of ["zero", "one", "two"]) {
        const id = await mutant.createVolume(name, 32);
        await writeFile(path.join(await mutant.stage(id), "file"), name);
        ids.push(id);
      }
      const [zero = "", one = "", two = ""] = ids;
      await mutant.unstage(two);
      expect(await readFile(path.join(await mutant.stage(two), "file"), "utf8")).toBe("two");
      for (const id of [two, one, zero]) await mutant.unstage(id);
      expect(await readFile(path.join(await mutant.stage(zero), "file"), "utf8")).toBe("zero");
      expect(await readFile(path.join(await mutant.stage(one), "file"), "utf8")).toBe("one");
      await expect(readFile(path.join(await mutant.stage(two), "file"))).rejects.toMatchObject({
        code: "ENOENT",
      });
    });
  },
);

// SPDX-License-Identifier: Apache-2.0
import { readFile, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hasCapability, SYS_RESOURCE } from "../src/mount/capabilities.ts";
import { deviceBytes } from "../src/mount/device-size.ts";
import { bytesAt, firstNonZero, writeAt } from "./device-bytes.ts";
import { BLOCK, driverOnPool, XFS } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { loopsOver, makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `expansion on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeEach(async () => {
      pool = await makePool("pool-node", 2048 * MIB);
      driver = await driverOnPool(pool);
    });
    afterEach(() => pool.remove());

    const sizeOf = async (mounted: string): Promise<number> => {
      const { blocks, bsize } = await statfs(mounted);
      return (blocks * bsize) / MIB;
    };

    it("grows ext4 at the next stage, and online where the kernel lets this process", async () => {
      const id = await driver.createVolume("ext4", 64);
      const mounted = await driver.stage(id);
      await writeFile(path.join(mounted, "file"), "kept");
      expect(await driver.expand(id, 128)).toBe(128 * MIB);
      expect((await driver.store.find(id))?.bytes).toBe(128 * MIB);
      if (await hasCapability(SYS_RESOURCE)) {
        expect(await driver.expandOnNode(id, mounted)).toBe(128 * MIB);
      } else {
        await expect(driver.expandOnNode(id, mounted)).rejects.toMatchObject({ code: "FAILED_PRECONDITION" });
        expect(await sizeOf(mounted)).toBeLessThan(64);
        await driver.unstage(id);
        await driver.stage(id);
        expect(await driver.expandOnNode(id, mounted)).toBe(128 * MIB);
      }
      expect(await sizeOf(mounted)).toBeGreaterThan(100);
      expect(await readFile(path.join(mounted, "file"), "utf8")).toBe("kept");
    });

    it("grows a mounted xfs with a neighbour behind it, twice, and the same call again changes nothing", async () => {
      const id = await driver.createVolume("xfs", 300, undefined, XFS);
      const neighbour = await driver.createVolume("neighbour", 32);
      const mounted = await driver.stage(id, XFS);
      const beside = await driver.stage(neighbour);
      await writeFile(path.join(beside, "file"), "neighbour");
      await writeFile(path.join(mounted, "file"), Buffer.alloc(8 * MIB, "kept "));
      for (const mebibytes of [400, 600, 600]) {
        expect(await driver.expand(id, mebibytes, XFS)).toBe(mebibytes * MIB);
        expect(await driver.expandOnNode(id, mounted)).toBe(mebibytes * MIB);
        expect(await sizeOf(mounted)).toBeGreaterThan(mebibytes - 100);
      }
      await writeFile(path.join(mounted, "later"), "later");
      const left = (await driver.store.list()).map((volume) => volume.id).toSorted();
      expect(left).toEqual([id, neighbour].toSorted());
      await driver.unstage(id);
      const again = await driver.stage(id, XFS);
      expect((await readFile(path.join(again, "file"))).equals(Buffer.alloc(8 * MIB, "kept "))).toBe(true);
      expect(await readFile(path.join(again, "later"), "utf8")).toBe("later");
      expect(await readFile(path.join(beside, "file"), "utf8")).toBe("neighbour");
    });

    it("grows a published block device in place, and shows no old byte in what was added", async () => {
      const before = await driver.createVolume("used-before", 128, undefined, BLOCK);
      const dirty = await driver.store.activate(before);
      for (let at = 0; at < 128; at += 16) await writeAt(dirty, at * MIB, "old bytes");
      await driver.controller.deleteVolume({ volumeId: before });
      const id = await driver.createVolume("raw", 32, undefined, BLOCK);
      await driver.stage(id, BLOCK);
      const target = await driver.publish(id, BLOCK);
      await writeAt(target, 31 * MIB, "kept");
      expect(await driver.expand(id, 96, BLOCK)).toBe(96 * MIB);
      expect(await deviceBytes(target)).toBe(96 * MIB);
      expect(await driver.expandOnNode(id, target)).toBe(96 * MIB);
      expect(await bytesAt(target, 31 * MIB, 4)).toBe("kept");
      await writeAt(target, 31 * MIB, "\0\0\0\0");
      expect(await firstNonZero(target)).toBeUndefined();
    });

    it("answers RESOURCE_EXHAUSTED when there is no room, and the volume is as it was", async () => {
      const id = await driver.createVolume("large", 256);
      await expect(driver.expand(id, 8192)).rejects.toMatchObject({ code: "RESOURCE_EXHAUSTED" });
      expect((await driver.store.list()).map(({ bytes }) => bytes)).toEqual([256 * MIB]);
      expect(await driver.expand(id, 512)).toBe(512 * MIB);
      expect(await driver.expand(id, 128)).toBe(512 * MIB);
      await driver.controller.deleteVolume({ volumeId: id });
      const [usage] = await driver.store.pools();
      expect(usage?.availableBytes).toBe(usage?.capacityBytes);
      expect(await loopsOver(pool.device)).toEqual([]);
    });

    it("grows an unstaged volume that has snapshots, which keep their size and bytes", async () => {
      const id = await driver.createVolume("source", 64);
      await writeFile(path.join(await driver.stage(id), "file"), "first");
      const snapshot = await driver.createSnapshot("moment", id);
      await driver.unstage(id);
      expect(await driver.expand(id, 128)).toBe(128 * MIB);
      const mounted = await driver.stage(id);
      expect(await sizeOf(mounted)).toBeGreaterThan(100);
      await writeFile(path.join(mounted, "file"), "second");
      const restored = await driver.stage(await driver.createVolume("restored", 64, snapshot));
      expect(await readFile(path.join(restored, "file"), "utf8")).toBe("first");
    });

    it("refuses to stage more volumes than the node may have", async () => {
      const limited = await driverOnPool(pool, undefined, { maxVolumes: 1 });
      const [first, second] = [await driver.createVolume("one", 32), await driver.createVolume("two", 32)];
      await limited.stage(first);
      await expect(limited.stage(second)).rejects.toMatchObject({ code: "RESOURCE_EXHAUSTED" });
      await limited.stage(first);
      await limited.unstage(first);
      await limited.stage(second);
    });
  },
);

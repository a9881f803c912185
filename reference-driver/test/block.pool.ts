// SPDX-License-Identifier: Apache-2.0
import { stat } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deviceBytes } from "../src/mount/device-size.ts";
import { bytesAt, writeAt } from "./device-bytes.ts";
import { BLOCK, driverOnPool } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { loopsOver, makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `block volumes on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeEach(async () => {
      pool = await makePool("pool-node", 512 * MIB);
      driver = await driverOnPool(pool);
    });
    afterEach(() => pool.remove());

    async function published(id: string, readonly = false): Promise<string> {
      await driver.stage(id, BLOCK);
      return driver.publish(id, BLOCK, readonly);
    }

    it("shows a device of the size asked for, the same when published twice, and keeps its bytes", async () => {
      const id = await driver.createVolume("raw", 32, undefined, BLOCK);
      const target = await published(id);
      expect((await stat(target)).isBlockDevice()).toBe(true);
      expect(await deviceBytes(target)).toBe(32 * MIB);
      await writeAt(target, 5 * MIB, "raw bytes");
      expect(await published(id)).toBe(target);
      await driver.unpublish(id, target);
      await driver.unpublish(id, target);
      await driver.unstage(id);
      expect(await loopsOver(pool.device)).toEqual([]);
      expect(await bytesAt(await published(id), 5 * MIB, 9)).toBe("raw bytes");
    });

    it("refuses writes to a device published read-only, and takes them again when published for writing", async () => {
      const id = await driver.createVolume("read-only", 32, undefined, BLOCK);
      const readOnly = await published(id, true);
      await expect(writeAt(readOnly, 0, "refused")).rejects.toMatchObject({ code: "EPERM" });
      await driver.unpublish(id, readOnly);
      await writeAt(await published(id), 0, "writable");
    });

    it("shows a volume that has a single writer at one place only", async () => {
      const single = { block: {}, accessMode: { mode: "SINGLE_NODE_SINGLE_WRITER" } };
      const id = await driver.createVolume("single", 32, undefined, single);
      await driver.stage(id, single);
      const target = await driver.publish(id, single);
      expect(await driver.publish(id, single)).toBe(target);
      await expect(driver.publish(id, single, true)).rejects.toMatchObject({ code: "FAILED_PRECONDITION" });
      await driver.unpublish(id, target);
      expect(await driver.publish(id, single, true)).not.toBe(target);
    });

    it("refuses to publish before it is staged, and to delete while it is published", async () => {
      const id = await driver.createVolume("in-order", 32, undefined, BLOCK);
      await expect(driver.publish(id, BLOCK)).rejects.toMatchObject({ code: "FAILED_PRECONDITION" });
      await published(id);
      await expect(driver.controller.deleteVolume({ volumeId: id })).rejects.toMatchObject({
        code: "FAILED_PRECONDITION",
      });
    });

    it("restores the bytes of the moment, though the source is written afterwards", async () => {
      const id = await driver.createVolume("source", 32, undefined, BLOCK);
      const source = await published(id);
      await writeAt(source, 20 * MIB, "first");
      const snapshot = await driver.createSnapshot("moment", id);
      await writeAt(source, 20 * MIB, "SECND");
      const restored = await published(await driver.createVolume("restored", 48, snapshot, BLOCK));
      expect(await bytesAt(restored, 20 * MIB, 5)).toBe("first");
      expect(await deviceBytes(restored)).toBe(48 * MIB);
      expect(await bytesAt(source, 20 * MIB, 5)).toBe("SECND");
    });
  },
);

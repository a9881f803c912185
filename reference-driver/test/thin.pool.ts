// SPDX-License-Identifier: Apache-2.0
import { readFile, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bytesAt, firstNonZero, writeAt } from "./device-bytes.ts";
import { whyNoDeviceMapper } from "./device-mapper-only.ts";
import { BLOCK, driverOnPool, XFS } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { overwrite } from "./overwrite.ts";
import { makePool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoDeviceMapper();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `thin volumes on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeEach(async () => {
      pool = await makePool("pool-node", 512 * MIB);
      driver = await driverOnPool(pool, undefined, { thin: true });
    });
    afterEach(() => pool.remove());

    const available = async (): Promise<number> => (await driver.store.pools())[0]?.availableBytes ?? 0;

    it("keep the moment of a mounted xfs in a snapshot, restored larger beside it, and do without their source", async () => {
      const source = await driver.createVolume("source", 300, undefined, XFS);
      const mounted = await driver.stage(source, XFS);
      await writeFile(path.join(mounted, "file"), "first");
      const snapshot = await driver.createSnapshot("moment", source);
      await writeFile(path.join(mounted, "file"), "second");
      const restored = await driver.createVolume("restored", 400, snapshot, XFS);
      const target = await driver.stage(restored, XFS);
      expect(await readFile(path.join(target, "file"), "utf8")).toBe("first");
      const { blocks, bsize } = await statfs(target);
      expect(blocks * bsize).toBeGreaterThan(300 * MIB);
      await driver.unstage(source);
      await driver.controller.deleteVolume({ volumeId: source });
      await driver.controller.deleteSnapshot({ snapshotId: snapshot });
      expect((await driver.store.list()).map(({ id }) => id)).toEqual([restored]);
      expect(await readFile(path.join(target, "file"), "utf8")).toBe("first");
    });

    it("take space for what is written only, show no old byte, clone and grow", async () => {
      const before = await available();
      const first = await driver.createVolume("first", 128, undefined, BLOCK);
      expect(await available()).toBe(before);
      await overwrite(await driver.store.activate(first), 64);
      expect(before - (await available())).toBeGreaterThan(60 * MIB);
      await driver.store.deactivate(first);
      await driver.controller.deleteVolume({ volumeId: first });
      const second = await driver.createVolume("second", 128, undefined, BLOCK);
      const device = await driver.store.activate(second);
      expect(await firstNonZero(device)).toBeUndefined();
      await writeAt(device, 0, "raw");
      const clone = await driver.clone("clone", 128, second, BLOCK);
      expect(await driver.expand(clone, 192, BLOCK)).toBe(192 * MIB);
      expect(await bytesAt(await driver.store.activate(clone), 0, 3)).toBe("raw");
    });

    it("refuse new volumes and snapshots when the pool is nearly full, and take them again when it is not", async () => {
      const id = await driver.createVolume("filler", 448, undefined, BLOCK);
      await overwrite(await driver.store.activate(id), 446);
      const refused = { code: "RESOURCE_EXHAUSTED" };
      await expect(driver.createVolume("one-more", 16, undefined, BLOCK)).rejects.toMatchObject(refused);
      await expect(driver.createSnapshot("no-room", id)).rejects.toMatchObject(refused);
      expect(await available()).toBe(0);
      await driver.store.deactivate(id);
      await driver.controller.deleteVolume({ volumeId: id });
      await driver.createVolume("one-more", 16, undefined, BLOCK);
    });
  },
);

// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { driverOnPool } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { loopsOver, makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `the space of snapshots on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeEach(async () => {
      pool = await makePool("pool-node", 512 * MIB);
      driver = await driverOnPool(pool);
    });
    afterEach(() => pool.remove());

    it("is all free again after the source was deleted first, then its two snapshots, then what was restored", async () => {
      const source = await driver.createVolume("source", 32);
      const snapshots = [
        await driver.createSnapshot("one", source),
        await driver.createSnapshot("two", source),
      ];
      await driver.controller.deleteVolume({ volumeId: source });
      expect((await driver.store.list()).map((volume) => volume.id).toSorted()).toEqual(snapshots.toSorted());
      const restored = await driver.createVolume("restored", 32, snapshots[0]);
      for (const snapshotId of snapshots) await driver.controller.deleteSnapshot({ snapshotId });
      await driver.controller.deleteVolume({ volumeId: restored });
      expect(await driver.store.list()).toEqual([]);
      const [usage] = await driver.store.pools();
      expect(usage?.availableBytes).toBe(usage?.capacityBytes);
      expect(await loopsOver(pool.device)).toEqual([]);
    });

    it("is found too small as RESOURCE_EXHAUSTED, and nothing is left of the attempt", async () => {
      const source = await driver.createVolume("source", 240);
      const [before] = await driver.store.pools();
      // The store of a copy-on-write snapshot is an extent larger than its origin: leave just what a copy takes.
      await driver.createVolume("filler", (before?.availableBytes ?? 0) / MIB - 240);
      const copied = driver.store.activation === "loop-mapping";
      if (copied) await driver.createVolume("last-room", 240);
      await expect(driver.createSnapshot("no-room", source)).rejects.toMatchObject({
        code: "RESOURCE_EXHAUSTED",
      });
      expect((await driver.store.list()).filter((volume) => volume.kind === "snapshot")).toEqual([]);
    });
  },
);

// SPDX-License-Identifier: Apache-2.0
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { driverOnPool } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `lists on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeAll(async () => {
      pool = await makePool("pool-node", 512 * MIB);
      driver = await driverOnPool(pool);
    });
    afterAll(() => pool.remove());

    it("show each volume once over all pages, with its condition", async () => {
      const ids = [
        await driver.createVolume("one", 16),
        await driver.createVolume("two", 16),
        await driver.createVolume("three", 16),
      ];
      const first = await driver.controller.listVolumes({ maxEntries: 2, startingToken: "" });
      const second = await driver.controller.listVolumes({ maxEntries: 2, startingToken: first.nextToken });
      expect(second.nextToken).toBe("");
      const entries = [...first.entries, ...second.entries];
      expect(entries.map((entry) => entry.volume.volumeId).toSorted()).toEqual(ids.toSorted());
      for (const entry of entries) expect(entry.status.volumeCondition.abnormal).toBe(false);
    });

    it("know one volume and one snapshot by id, each by its own call only", async () => {
      const volumeId = await driver.createVolume("one", 16);
      const snapshotId = await driver.createSnapshot("of-one", volumeId);
      const got = await driver.controller.controllerGetVolume({ volumeId });
      expect(got.volume).toMatchObject({ volumeId, capacityBytes: 16 * MIB });
      const { snapshot } = await driver.controller.getSnapshot({ snapshotId });
      expect(snapshot).toMatchObject({ snapshotId, sourceVolumeId: volumeId, readyToUse: true });
      const missing = { code: "NOT_FOUND" };
      await expect(driver.controller.controllerGetVolume({ volumeId: snapshotId })).rejects.toMatchObject(
        missing,
      );
      await expect(driver.controller.getSnapshot({ snapshotId: volumeId })).rejects.toMatchObject(missing);
      const empty = { code: "INVALID_ARGUMENT" };
      await expect(driver.controller.controllerGetVolume({ volumeId: "" })).rejects.toMatchObject(empty);
    });
  },
);

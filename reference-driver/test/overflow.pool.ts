// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createdTag, tagsFor } from "../src/store/volume-tags.ts";
import { runCommand } from "../src/support/run-command.ts";
import { whyNoDeviceMapper } from "./device-mapper-only.ts";
import { BLOCK, driverOnPool } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { overwrite } from "./overwrite.ts";
import { makePool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoDeviceMapper();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `copy-on-write snapshots on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeEach(async () => {
      pool = await makePool("pool-node", 512 * MIB);
      driver = await driverOnPool(pool);
    });
    afterEach(() => pool.remove());

    it("that overflowed are not ready, and nothing is restored from them", async () => {
      const source = await driver.createVolume("source", 32, undefined, BLOCK);
      const id = "snap-small";
      // The driver gives each snapshot a store for a rewrite of its whole source: only one cut by hand can overflow.
      const spec = {
        id,
        kind: "snapshot",
        poolClass: "standard",
        bytes: 32 * MIB,
        csiName: "small",
      } as const;
      const named = tagsFor("test.seaworthy.dev", { ...spec, source: { kind: "volume", id: source } });
      const tags = [...named, createdTag(new Date())].flatMap((tag) => ["--addtag", tag]);
      await runCommand([
        "lvcreate",
        "-y",
        "-s",
        "-n",
        id,
        "-L",
        "4m",
        ...tags,
        `${pool.volumeGroup}/${source}`,
      ]);
      const ready = async () => (await driver.controller.getSnapshot({ snapshotId: id })).snapshot.readyToUse;
      expect(await ready()).toBe(true);
      await overwrite(await driver.store.activate(source), 16);
      expect(await ready()).toBe(false);
      await expect(driver.createVolume("restored", 32, id, BLOCK)).rejects.toMatchObject({
        code: "FAILED_PRECONDITION",
      });
      await driver.controller.deleteSnapshot({ snapshotId: id });
      expect((await driver.store.list()).map((volume) => volume.id)).toEqual([source]);
    });

    it("hold a rewrite of their whole source", async () => {
      const source = await driver.createVolume("source", 32, undefined, BLOCK);
      const snapshotId = await driver.createSnapshot("moment", source);
      await overwrite(await driver.store.activate(source), 32);
      expect((await driver.controller.getSnapshot({ snapshotId })).snapshot.readyToUse).toBe(true);
      await driver.createVolume("restored", 32, snapshotId, BLOCK);
    });
  },
);

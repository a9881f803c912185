// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deviceNumber } from "../src/mount/device-number.ts";
import { driverOnPool } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `read-ahead on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeAll(async () => {
      pool = await makePool("pool-node", 256 * MIB);
      driver = await driverOnPool(pool);
    });
    afterAll(() => pool.remove());

    const modify = (volumeId: string, readAheadKiB: string) =>
      driver.controller.controllerModifyVolume({ volumeId, mutableParameters: { readAheadKiB } });

    /** What the kernel says of the volume's device. */
    const readAhead = async (volumeId: string): Promise<number> => {
      const number = await deviceNumber(await driver.store.activate(volumeId));
      return Number(await readFile(`/sys/dev/block/${number}/queue/read_ahead_kb`, "utf8"));
    };

    it("changes on a volume in use, and is kept when it comes back", async () => {
      const id = await driver.createVolume("kept", 16);
      await driver.stage(id);
      expect(await readAhead(id)).toBe(128);
      await modify(id, "1024");
      expect(await readAhead(id)).toBe(1024);
      await driver.unstage(id);
      const other = await driver.createVolume("other", 16);
      await driver.stage(other);
      expect(await readAhead(other)).toBe(128);
      await driver.stage(id);
      expect(await readAhead(id)).toBe(1024);
      await modify(id, "0");
      await modify(id, "0");
      expect(await readAhead(id)).toBe(0);
    });

    it.each([["-4"], ["6"], ["1 MiB"], ["65540"]])(
      "refuses the value %s and keeps what was",
      async (value) => {
        const id = await driver.createVolume("refusing", 16);
        await modify(id, "256");
        await expect(modify(id, value)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
        expect(await readAhead(id)).toBe(256);
        await driver.store.deactivate(id);
      },
    );

    it("is refused for a volume that does not exist", async () => {
      await expect(modify("pvc-none", "256")).rejects.toMatchObject({ code: "NOT_FOUND" });
    });
  },
);

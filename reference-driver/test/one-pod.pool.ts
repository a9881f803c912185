// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BLOCK, driverOnPool, EXT4 } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;
const withMode = (mode: string) => ({ accessMode: { mode } });

describe.skipIf(reason !== undefined)(
  `volumes for one pod on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeEach(async () => {
      pool = await makePool("pool-node", 256 * MIB);
      driver = await driverOnPool(pool);
    });
    afterEach(() => pool.remove());

    it.each([
      ["mounted", EXT4],
      ["as a device", BLOCK],
    ])("%s: published at one path only, as often as asked, and elsewhere afterwards", async (_, usual) => {
      const alone = { ...usual, ...withMode("SINGLE_NODE_SINGLE_WRITER") };
      const id = await driver.createVolume("alone", 32, undefined, alone);
      await driver.stage(id, alone);
      const first = await driver.publish(id, alone);
      expect(await driver.publish(id, alone)).toBe(first);
      await expect(driver.publish(id, alone, true)).rejects.toMatchObject({ code: "FAILED_PRECONDITION" });
      await driver.unpublish(id, first);
      await driver.publish(id, alone, true);
    });

    it("a volume for several pods of the node is published at several paths", async () => {
      const shared = { ...EXT4, ...withMode("SINGLE_NODE_MULTI_WRITER") };
      const id = await driver.createVolume("shared", 32, undefined, shared);
      await driver.stage(id, shared);
      expect(await driver.publish(id, shared)).not.toBe(await driver.publish(id, shared, true));
    });
  },
);

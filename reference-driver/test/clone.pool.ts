// SPDX-License-Identifier: Apache-2.0
import { readFile, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bytesAt, firstNonZero, writeAt } from "./device-bytes.ts";
import { BLOCK, driverOnPool, XFS } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `clones on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeEach(async () => {
      pool = await makePool("pool-node", 2048 * MIB);
      driver = await driverOnPool(pool);
    });
    afterEach(() => pool.remove());

    it("hold what the mounted source held, are apart from it, and may be larger", async () => {
      const source = await driver.createVolume("source", 32);
      const mounted = await driver.stage(source);
      await writeFile(path.join(mounted, "file"), "of the source");
      const [same, larger] = await Promise.all([
        driver.clone("same", 32, source),
        driver.clone("larger", 128, source),
      ]);
      expect((await driver.store.list()).map(({ id }) => id).toSorted()).toEqual(
        [source, same, larger].toSorted(),
      );
      const cloned = await driver.stage(same);
      await writeFile(path.join(mounted, "file"), "changed later");
      expect(await readFile(path.join(cloned, "file"), "utf8")).toBe("of the source");
      await writeFile(path.join(cloned, "file"), "of the clone");
      expect(await readFile(path.join(mounted, "file"), "utf8")).toBe("changed later");
      const grown = await driver.stage(larger);
      expect(await readFile(path.join(grown, "file"), "utf8")).toBe("of the source");
      const { blocks, bsize } = await statfs(grown);
      expect(blocks * bsize).toBeGreaterThan(100 * MIB);
    });

    it("of xfs mount beside their source, and outlive it", async () => {
      const source = await driver.createVolume("source", 300, undefined, XFS);
      await writeFile(path.join(await driver.stage(source, XFS), "file"), "of the source");
      const clone = await driver.clone("clone", 400, source, XFS);
      expect(await readFile(path.join(await driver.stage(clone, XFS), "file"), "utf8")).toBe("of the source");
      await driver.unstage(source);
      await driver.controller.deleteVolume({ volumeId: source });
      expect((await driver.store.list()).map(({ id }) => id)).toEqual([clone]);
    });

    it("of a block device hold its bytes, and zeros behind them", async () => {
      const source = await driver.createVolume("raw", 32, undefined, BLOCK);
      await driver.stage(source, BLOCK);
      const from = await driver.publish(source, BLOCK);
      await writeAt(from, 0, "raw");
      const clone = await driver.clone("raw-clone", 64, source, BLOCK);
      await driver.stage(clone, BLOCK);
      const to = await driver.publish(clone, BLOCK);
      expect(await bytesAt(to, 0, 3)).toBe("raw");
      await writeAt(to, 0, "\0\0\0");
      expect(await firstNonZero(to)).toBeUndefined();
      expect(await bytesAt(from, 0, 3)).toBe("raw");
    });

    it("smaller than their source are refused", async () => {
      const source = await driver.createVolume("source", 64);
      await expect(driver.clone("smaller", 32, source)).rejects.toMatchObject({ code: "OUT_OF_RANGE" });
      await expect(driver.clone("of-nothing", 32, "vol-none")).rejects.toMatchObject({ code: "NOT_FOUND" });
    });
  },
);

// SPDX-License-Identifier: Apache-2.0
import { readFile, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { driverOnPool, XFS } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `xfs on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;
    let source: string;
    let mounted: string;

    beforeAll(async () => {
      pool = await makePool("pool-node", 3072 * MIB);
      driver = await driverOnPool(pool);
      source = await driver.createVolume("source", 64, undefined, XFS);
      mounted = await driver.stage(source, XFS);
    });
    afterAll(() => pool.remove());

    it("cuts at least what mkfs.xfs takes", async () => {
      expect((await driver.store.find(source))?.bytes).toBe(300 * MIB);
    });

    it("mounts a restored volume beside its mounted source, with the bytes of the moment", async () => {
      await writeFile(path.join(mounted, "file"), "first");
      const snapshot = await driver.createSnapshot("moment", source);
      await writeFile(path.join(mounted, "file"), "second");
      const restored = await driver.stage(await driver.createVolume("restored", 300, snapshot, XFS), XFS);
      expect(await readFile(path.join(restored, "file"), "utf8")).toBe("first");
      expect(await readFile(path.join(mounted, "file"), "utf8")).toBe("second");
    });

    it("restores larger than the snapshot, with the filesystem grown", async () => {
      const snapshot = await driver.createSnapshot("moment", source);
      const restored = await driver.stage(await driver.createVolume("larger", 600, snapshot, XFS), XFS);
      const { blocks, bsize } = await statfs(restored);
      expect(blocks * bsize).toBeGreaterThan(500 * MIB);
      expect(await readFile(path.join(restored, "file"), "utf8")).toBe("first");
    });

    it("refuses to mount as ext4 what holds xfs, and leaves it as it is", async () => {
      const id = await driver.createVolume("held", 300, undefined, XFS);
      await writeFile(path.join(await driver.stage(id, XFS), "file"), "kept");
      await driver.unstage(id);
      await expect(driver.stage(id)).rejects.toMatchObject({ code: "FAILED_PRECONDITION" });
      expect(await readFile(path.join(await driver.stage(id, XFS), "file"), "utf8")).toBe("kept");
    });
  },
);

// SPDX-License-Identifier: Apache-2.0
import { readdir, readFile, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../src/support/run-command.ts";
import { driverOnPool } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `snapshots on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeAll(async () => {
      pool = await makePool("pool-node", 2048 * MIB);
      driver = await driverOnPool(pool);
    });
    afterAll(() => pool.remove());

    it("restores the bytes of the moment, from the page cache of a mounted source, with no sync by the writer", async () => {
      const source = await driver.createVolume("source", 64);
      const mounted = await driver.stage(source);
      const first = Buffer.alloc(8 * MIB, "first generation ");
      await writeFile(path.join(mounted, "kept"), first);
      await writeFile(path.join(mounted, "removed-later"), "here");
      const snapshot = await driver.createSnapshot("moment", source);
      await writeFile(path.join(mounted, "kept"), Buffer.alloc(8 * MIB, "SECOND"));
      await rm(path.join(mounted, "removed-later"));

      const restored = await driver.stage(await driver.createVolume("restored", 64, snapshot));
      expect(first.equals(await readFile(path.join(restored, "kept")))).toBe(true);
      expect(await readFile(path.join(restored, "removed-later"), "utf8")).toBe("here");
      const sourceNow = await readFile(path.join(mounted, "kept"));
      expect(sourceNow.subarray(0, 12).toString()).toBe("SECONDSECOND");
      expect(await readdir(mounted)).not.toContain("removed-later");
    });

    it("restores larger than the snapshot, with the filesystem grown", async () => {
      const [source] = (await driver.store.list()).filter((volume) => volume.csiName === "source");
      const snapshot = await driver.createSnapshot("moment", source?.id ?? "");
      const restored = await driver.stage(await driver.createVolume("larger", 256, snapshot));
      const { blocks, bsize } = await statfs(restored);
      expect(blocks * bsize).toBeGreaterThan(200 * MIB);
      expect((await readFile(path.join(restored, "kept"))).length).toBe(8 * MIB);
    });

    it("restores after its source is gone, and what was restored outlives the snapshot", async () => {
      const source = await driver.createVolume("short-lived", 32);
      await writeFile(path.join(await driver.stage(source), "file"), "survivor");
      const snapshot = await driver.createSnapshot("of-short-lived", source);
      await driver.unstage(source);
      await driver.controller.deleteVolume({ volumeId: source });
      const restored = await driver.createVolume("heir", 32, snapshot);
      await driver.controller.deleteSnapshot({ snapshotId: snapshot });
      expect(await readFile(path.join(await driver.stage(restored), "file"), "utf8")).toBe("survivor");
    });

    it("keeps the moment when every byte of its source is overwritten", async () => {
      const source = await driver.createVolume("overwritten", 32);
      await writeFile(path.join(await driver.stage(source), "file"), "before");
      await driver.unstage(source);
      const snapshot = await driver.createSnapshot("of-overwritten", source);
      const device = await driver.store.activate(source);
      await runCommand([
        "dd",
        "if=/dev/urandom",
        `of=${device}`,
        "bs=1M",
        "count=32",
        "oflag=direct",
        "status=none",
      ]);
      await driver.store.deactivate(source);
      const restored = await driver.createVolume("from-overwritten", 32, snapshot);
      expect(await readFile(path.join(await driver.stage(restored), "file"), "utf8")).toBe("before");
    });

    it("restores while its source is unstaged, and a second snapshot is taken at the same time", async () => {
      const source = await driver.createVolume("busy", 32);
      const mounted = await driver.stage(source);
      await writeFile(path.join(mounted, "file"), "first");
      const first = await driver.createSnapshot("busy-first", source);
      await writeFile(path.join(mounted, "file"), "second");
      const [fromFirst, second] = await Promise.all([
        driver.createVolume("from-busy-first", 32, first),
        driver.createSnapshot("busy-second", source),
        driver.unstage(source),
      ]);
      const fromSecond = await driver.createVolume("from-busy-second", 32, second);
      expect(await readFile(path.join(await driver.stage(fromFirst), "file"), "utf8")).toBe("first");
      expect(await readFile(path.join(await driver.stage(fromSecond), "file"), "utf8")).toBe("second");
    });
  },
);

// SPDX-License-Identifier: Apache-2.0
import { open, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHeldTogether, LONGEST_HOLD_MS } from "../src/back-end/held-together.ts";
import { driverOnPool } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { loopsOver, makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `group snapshots on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;

    beforeEach(async () => {
      pool = await makePool("pool-node", 1024 * MIB);
      driver = await driverOnPool(pool);
    });
    afterEach(() => pool.remove());

    const cutGroup = async (name: string, sourceVolumeIds: readonly string[]) =>
      (await driver.groupController.createVolumeGroupSnapshot({ name, sourceVolumeIds, parameters: {} }))
        .groupSnapshot;

    it("hold one moment of two volumes that are written in turn all the while", async () => {
      const sources = [await driver.createVolume("a", 32), await driver.createVolume("b", 32)];
      const mounts = [await driver.stage(sources[0] ?? ""), await driver.stage(sources[1] ?? "")];
      const writer = writeInTurn(mounts.map((mount) => path.join(mount, "counter")));
      const group = await cutGroup("moment", sources).finally(() => writer.stop());
      expect(await writer.written).toBeGreaterThan(1);
      const counters: number[] = [];
      for (const source of sources) {
        const member = group.snapshots.find((snapshot) => snapshot.sourceVolumeId === source);
        const restored = await driver.createVolume(`from-${source}`, 32, member?.snapshotId);
        counters.push(Number(await readFile(path.join(await driver.stage(restored), "counter"), "utf8")));
      }
      const [first = 0, second = 0] = counters;
      // The second is written when the first is on the disk, so it is the same or one behind.
      expect([0, 1]).toContain(first - second);
      const moments = group.snapshots.map((snapshot) => JSON.stringify(snapshot.creationTime));
      expect(new Set(moments)).toEqual(new Set([JSON.stringify(group.creationTime)]));
    });

    it("are made once however often they are asked for, got, and removed as a whole", async () => {
      const sources = [await driver.createVolume("a", 16), await driver.createVolume("b", 16)];
      const [first, second] = await Promise.all([cutGroup("once", sources), cutGroup("once", sources)]);
      expect(second).toEqual(first);
      const groupSnapshotId = first.groupSnapshotId;
      const snapshotIds = first.snapshots.map((snapshot) => snapshot.snapshotId);
      const { groupController, controller } = driver;
      const got = await groupController.getVolumeGroupSnapshot({ groupSnapshotId, snapshotIds });
      expect(got.groupSnapshot.snapshots).toHaveLength(2);
      await expect(cutGroup("once", [sources[0] ?? ""])).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
      const wrong = { code: "INVALID_ARGUMENT" };
      await expect(controller.deleteSnapshot({ snapshotId: snapshotIds[0] ?? "" })).rejects.toMatchObject(
        wrong,
      );
      const single = await driver.createSnapshot("single", sources[0] ?? "");
      await expect(
        groupController.deleteVolumeGroupSnapshot({ groupSnapshotId, snapshotIds: [single] }),
      ).rejects.toMatchObject(wrong);
      await groupController.deleteVolumeGroupSnapshot({ groupSnapshotId, snapshotIds });
      await groupController.deleteVolumeGroupSnapshot({ groupSnapshotId, snapshotIds });
      const left = (await driver.store.list()).filter((volume) => volume.kind === "snapshot");
      expect(left.map((volume) => volume.id)).toEqual([single]);
    });

    it("leave nothing, and nothing frozen, when one member has no room", async () => {
      const small = await driver.createVolume("small", 16);
      const large = await driver.createVolume("large", 640);
      const mounted = await driver.stage(small);
      await expect(cutGroup("too-large", [small, large])).rejects.toMatchObject({
        code: "RESOURCE_EXHAUSTED",
      });
      expect((await driver.store.list()).filter((volume) => volume.kind === "snapshot")).toEqual([]);
      await writeFile(path.join(mounted, "file"), "not frozen");
      await driver.unstage(small);
      expect(await loopsOver(pool.device)).toEqual([]);
    });

    it("thaw a source by itself when the other members do not come", async () => {
      const id = await driver.createVolume("alone", 16);
      const mounted = await driver.stage(id);
      const together = createHeldTogether(2, 500);
      const spec = { id: "snap-g-alone", kind: "snapshot", poolClass: "standard", bytes: 16 * MIB } as const;
      const source = { kind: "volume", id } as const;
      const group = { id: "group-alone", size: 2 };
      const cut = driver.store.createHeld({ ...spec, source, group, csiName: "alone" }, () =>
        together.arrive(),
      );
      await expect(cut).rejects.toMatchObject({ code: "ABORTED" });
      const started = Date.now();
      await writeFile(path.join(mounted, "file"), "thawed");
      expect(Date.now() - started).toBeLessThan(LONGEST_HOLD_MS);
      expect(await driver.store.find("snap-g-alone")).toBeUndefined();
    });
  },
);

/** Writes 1, 2, 3 … to each file in turn, the next file only when the last is on its disk. */
function writeInTurn(files: readonly string[]): { stop: () => void; written: Promise<number> } {
  let stopped = false;
  const write = async (): Promise<number> => {
    const handles = await Promise.all(files.map((file) => open(file, "w")));
    let count = 0;
    while (!stopped) {
      count += 1;
      for (const handle of handles) {
        await handle.write(String(count).padStart(8, "0"), 0);
        await handle.datasync();
      }
    }
    await Promise.all(handles.map((handle) => handle.close()));
    return count;
  };
  return {
    stop: () => {
      stopped = true;
    },
    written: write(),
  };
}

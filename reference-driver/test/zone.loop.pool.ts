// SPDX-License-Identifier: Apache-2.0
import { open, readFile, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loopsOver, makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";
import { MOUNT, ZONE, zoneOnPool } from "./zone-on-pool.ts";
import type { ZoneNode, ZoneOnPool } from "./zone-on-pool.ts";

const reason = await whyNoPool();
const MIB = 1024 ** 2;

describe.skipIf(reason !== undefined)(
  `a zone's pool on two nodes${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let zone: ZoneOnPool;
    const node = (name: string): ZoneNode => {
      const found = zone.nodes[name];
      if (found === undefined) throw new Error(`${name} is no node`);
      return found;
    };

    beforeEach(async () => {
      pool = await makePool("first", 512 * MIB, ZONE);
      zone = await zoneOnPool(pool, ["first", "second"]);
    });
    afterEach(() => pool.remove());

    it("gives a volume to one node at a time, and its bytes to whichever has it", async () => {
      const id = await zone.create("moving");
      await expect(node("first").stage(id)).rejects.toMatchObject({ code: "FAILED_PRECONDITION" });
      await zone.attach(id, "first");
      await zone.attach(id, "first");
      await expect(zone.attach(id, "second")).rejects.toMatchObject({
        code: "FAILED_PRECONDITION",
        message: expect.stringContaining("first") as string,
      });
      await expect(node("second").stage(id)).rejects.toMatchObject({ code: "FAILED_PRECONDITION" });
      await writeFile(path.join(await node("first").stage(id), "file"), "from first");
      await node("first").unstage(id);
      await zone.detach(id, "first");
      await zone.detach(id, "first");
      await zone.attach(id, "second");
      expect(await readFile(path.join(await node("second").stage(id), "file"), "utf8")).toBe("from first");
      const listed = await zone.controller.listVolumes({ maxEntries: 0, startingToken: "" });
      expect(listed.entries[0]?.status.publishedNodeIds).toEqual(["second"]);
      await expect(zone.controller.deleteVolume({ volumeId: id })).rejects.toMatchObject({
        code: "FAILED_PRECONDITION",
      });
    });

    it.each([["first"], ["second"]])("takes a volume from %s in the middle of its writes", async (holder) => {
      const other = holder === "first" ? "second" : "first";
      const id = await zone.create("fenced");
      await zone.attach(id, holder);
      const old = await node(holder).stage(id);
      const handle = await open(path.join(old, "file"), "w");
      await handle.write("kept");
      await handle.sync();
      await zone.detach(id, holder);
      await expect(handle.write("late").then(() => handle.sync())).rejects.toMatchObject({ code: "EIO" });
      await zone.attach(id, other);
      const mounted = await node(other).stage(id);
      expect(await readFile(path.join(mounted, "file"), "utf8")).toBe("kept");
      await writeFile(path.join(mounted, "file"), "of the new holder");
      await expect(writeFile(path.join(old, "file"), "late")).rejects.toMatchObject({ code: "EIO" });
      await handle.close().catch(() => undefined);
      await node(holder).unstage(id);
      expect(await readFile(path.join(mounted, "file"), "utf8")).toBe("of the new holder");
      await node(other).unstage(id);
      await zone.detach(id, "");
      await zone.controller.deleteVolume({ volumeId: id });
      // A device that was taken away goes when the kernel's last user of it lets go.
      await expect.poll(() => loopsOver(pool.device), { timeout: 20_000 }).toEqual([]);
    });

    it("cuts a snapshot of a volume that another node is writing to, at one moment", async () => {
      const id = await zone.create("source");
      await zone.attach(id, "second");
      const file = path.join(await node("second").stage(id), "file");
      await writeFile(file, "before");
      const { snapshot } = await zone.controller.createSnapshot({
        name: "moment",
        sourceVolumeId: id,
        parameters: {},
      });
      await writeFile(file, "after");
      const restored = await zone.create("restored", snapshot.snapshotId);
      await zone.attach(restored, "first");
      const mounted = await node("first").stage(restored);
      expect(await readFile(path.join(mounted, "file"), "utf8")).toBe("before");
    });

    it("grows a volume that no node has, and its filesystem on the next", async () => {
      const id = await zone.create("growing");
      // What follows it is taken: it has to move.
      await zone.create("behind");
      const capacityRange = { requiredBytes: 64 * MIB, limitBytes: 0 };
      const request = { volumeId: id, capacityRange, volumeCapability: MOUNT };
      await zone.attach(id, "first");
      await writeFile(path.join(await node("first").stage(id), "file"), "from first");
      await expect(zone.controller.controllerExpandVolume(request)).rejects.toMatchObject({
        code: "FAILED_PRECONDITION",
      });
      await node("first").unstage(id);
      await zone.detach(id, "first");
      expect(await zone.controller.controllerExpandVolume(request)).toMatchObject({
        capacityBytes: 64 * MIB,
      });
      await zone.attach(id, "second");
      const mounted = await node("second").stage(id);
      expect(await readFile(path.join(mounted, "file"), "utf8")).toBe("from first");
      const { blocks, bsize } = await statfs(mounted);
      expect(blocks * bsize).toBeGreaterThan(48 * MIB);
      await node("second").unstage(id);
      expect(await loopsOver(pool.device)).toEqual([]);
    });

    it("holds a volume of another node for its group, and copies it while it is held", async () => {
      const id = await zone.create("member");
      await zone.attach(id, "second");
      const file = path.join(await node("second").stage(id), "file");
      await writeFile(file, "before");
      const spec = {
        id: "snap-held",
        kind: "snapshot",
        poolClass: "standard",
        bytes: 32 * MIB,
        source: { kind: "volume", id },
        csiName: "held",
      } as const;
      const moment = new Date();
      const made = await node("first").store.createHeld(spec, () => Promise.resolve(moment));
      expect(made.createdAt).toEqual(moment);
      // Not frozen any more.
      await writeFile(file, "after");
    });

    it("refuses unknown nodes and volumes, and block devices", async () => {
      const id = await zone.create("refusing");
      await expect(zone.attach(id, "third")).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(zone.attach("pvc-none", "first")).rejects.toMatchObject({ code: "NOT_FOUND" });
      const volumeCapability = { block: {}, accessMode: MOUNT.accessMode };
      await expect(
        zone.controller.controllerPublishVolume({ volumeId: id, nodeId: "first", volumeCapability }),
      ).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
      await zone.detach("pvc-none", "first");
    });
  },
);

// SPDX-License-Identifier: Apache-2.0
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loopMapping } from "../src/store/loop-mapping.ts";
import { detectActivation } from "../src/store/detect-activation.ts";
import { copyDevice } from "../src/store/device-content.ts";
import { VolumeGroup } from "../src/store/volume-group.ts";
import { tagsFor } from "../src/store/volume-tags.ts";
import { runCommand } from "../src/support/run-command.ts";
import { driverOnPool } from "./driver-on-pool.ts";
import type { DriverOnPool } from "./driver-on-pool.ts";
import { makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const MIB = 1024 ** 2;
const moves = async (): Promise<string | undefined> =>
  (await detectActivation()).onePiece ? undefined : "device-mapper moves nothing";
const reason = (await whyNoPool()) ?? (await moves());

describe.skipIf(reason !== undefined)(
  `a move that a killed process left on a real pool${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    let pool: TemporaryPool;
    let driver: DriverOnPool;
    let id: string;
    let mounted: string;

    beforeEach(async () => {
      pool = await makePool("pool-node", 512 * MIB);
      driver = await driverOnPool(pool);
      id = await driver.createVolume("moving", 32);
      mounted = await driver.stage(id);
      await writeFile(path.join(mounted, "file"), "kept");
      await cutCopy();
    });
    afterEach(() => pool.remove());

    /** The larger copy as a move cuts it, not filled yet. */
    async function cutCopy(): Promise<void> {
      const spec = { id, kind: "volume", poolClass: "standard", bytes: 32 * MIB, csiName: "moving" } as const;
      await new VolumeGroup(pool.volumeGroup).cut({
        name: `${id}.new`,
        bytes: 64 * MIB,
        tags: tagsFor("test.seaworthy.dev", { ...spec, source: undefined }),
        extra: loopMapping.cutArguments,
      });
    }

    async function ids(): Promise<string[]> {
      return (await new VolumeGroup(pool.volumeGroup).volumes()).map(({ name }) => name);
    }

    it("before its copy was whole is undone", async () => {
      const next = await driverOnPool(pool);
      expect(await ids()).toEqual([id]);
      expect((await next.store.find(id))?.bytes).toBe(32 * MIB);
      expect(await readFile(path.join(mounted, "file"), "utf8")).toBe("kept");
    });

    it("after its copy was whole is ended before the mounted filesystem is thawed", async () => {
      const group = new VolumeGroup(pool.volumeGroup);
      const copy = await group.find(`${id}.new`);
      if (copy === undefined) throw new Error("the copy is not there");
      await runCommand(["fsfreeze", "--freeze", mounted]);
      await copyDevice((await driver.store.activated(id)) ?? "", await loopMapping.open(group, copy));
      await loopMapping.close(group, copy);
      await group.rename(id, `${id}.old`, loopMapping.removeArguments);

      const next = await driverOnPool(pool);
      expect(await ids()).toEqual([id]);
      expect((await next.store.find(id))?.bytes).toBe(64 * MIB);
      await writeFile(path.join(mounted, "later"), "later");
      await next.unstage(id);
      const again = await next.stage(id);
      expect(await readFile(path.join(again, "file"), "utf8")).toBe("kept");
      expect(await readFile(path.join(again, "later"), "utf8")).toBe("later");
    });
  },
);

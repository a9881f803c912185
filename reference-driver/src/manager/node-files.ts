// SPDX-License-Identifier: Apache-2.0
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { parsePools } from "../store/pools-file.ts";
import type { PoolEntry } from "../store/pools-file.ts";
import { localConfiguration, withDevices } from "./lvm-configuration.ts";

/** The node's files that say what its pools are and what LVM may see. Each is replaced whole, so a reader never sees half of one. */
export interface NodeFiles {
  readPools(): Promise<readonly PoolEntry[]>;
  /** Adds a pool to pools.json; the entries that are there keep what they say. */
  addPool(entry: PoolEntry): Promise<void>;
  /** Lets LVM see a device. */
  admitDevice(device: string): Promise<void>;
}

/** @param poolsFile pools.json @param lvmFolder LVM_SYSTEM_DIR; both are made when missing */
export function createNodeFiles(node: string, poolsFile: string, lvmFolder: string): NodeFiles {
  const lvmConf = path.join(lvmFolder, "lvm.conf");
  return {
    readPools: async () => {
      const text = await readOptional(poolsFile);
      if (text === undefined) return [];
      const content = parsePools(text, poolsFile);
      if (content.node !== node)
        throw new Error(`${poolsFile}: is for node ${content.node}, this is ${node}`);
      return content.pools;
    },
    addPool: async (entry) => {
      const text = await readOptional(poolsFile);
      const content = text === undefined ? { node, pools: [] } : (JSON.parse(text) as { pools: object[] });
      await replace(poolsFile, JSON.stringify({ ...content, pools: [...content.pools, entry] }));
    },
    admitDevice: async (device) => {
      const text = await readOptional(lvmConf);
      const wanted = withDevices(text, [device]);
      if (wanted === text) return;
      await mkdir(lvmFolder, { recursive: true });
      if (text === undefined) await replace(path.join(lvmFolder, "lvmlocal.conf"), localConfiguration(node));
      await replace(lvmConf, wanted);
    },
  };
}

async function readOptional(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

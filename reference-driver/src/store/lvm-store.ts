// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import type { KeyedLocks } from "../support/keyed-locks.ts";
import { setReadAhead } from "../mount/read-ahead.ts";
import { detectActivation } from "./detect-activation.ts";
import { Pool } from "./pool.ts";
import type { PoolVolume } from "./pool-volume.ts";
import type { PoolEntry } from "./pools-file.ts";
import { attachTo, keepReadAhead } from "./volume-marks.ts";
import type { PoolUsage, VolumeStore } from "./volume-store.ts";
import { DEFAULT_READ_AHEAD_KIB } from "./volume-spec.ts";
import type { StoredVolume } from "./volume-spec.ts";

/** What the store of a node is built from. */
export interface StoreOptions {
  readonly driverName: string;
  readonly pools: readonly PoolEntry[];
  readonly locks: KeyedLocks;
  /** This node's name, when other nodes reach the same volume groups. */
  readonly sharedAs?: string | undefined;
}

interface Located {
  readonly pool: Pool;
  readonly volume: PoolVolume;
}

/** Opens the node's volume groups as one store of volumes. */
export async function openLvmStore(options: StoreOptions): Promise<VolumeStore> {
  const { driverName, locks } = options;
  const activation = await detectActivation(options.sharedAs);
  const pools = options.pools.map(
    (entry) =>
      new Pool({
        driverName,
        activation,
        locks,
        poolClass: entry.class,
        volumeGroup: entry.volumeGroup,
        shared: options.sharedAs !== undefined,
        thin: entry.thin === true && activation.copyOnWrite,
      }),
  );
  for (const pool of pools) await pool.recover();

  async function locate(id: string): Promise<Located | undefined> {
    for (const pool of pools) {
      const volume = await pool.find(id);
      if (volume !== undefined) return { pool, volume };
    }
    return undefined;
  }

  async function locateOrFail(id: string): Promise<Located> {
    const found = await locate(id);
    if (found === undefined) throw new CsiError("NOT_FOUND", `${id}: not in a volume group of this node`);
    return found;
  }

  const poolOf = (poolClass: string): Pool => {
    const pool = pools.find((candidate) => candidate.poolClass === poolClass);
    if (pool === undefined)
      throw new CsiError("RESOURCE_EXHAUSTED", `this node has no pool of class ${poolClass}`);
    return pool;
  };

  return {
    activation: activation.kind,
    create: (spec) => {
      const names = spec.source === undefined ? [spec.id] : [spec.id, spec.source.id];
      return locks.run(names, () => poolOf(spec.poolClass).create(spec));
    },
    expand: (id, bytes) => locks.run([id], async () => (await locateOrFail(id)).pool.expand(id, bytes)),
    createHeld: (spec, whenHeld) =>
      locks.run([spec.id, spec.source?.id ?? ""], () => poolOf(spec.poolClass).createHeld(spec, whenHeld)),
    attachTo: (id, node) =>
      locks.run([id], async () => {
        const { pool, volume } = await locateOrFail(id);
        await attachTo(pool, volume, node);
      }),
    setReadAhead: (id, kib) =>
      locks.run([id], async () => {
        const { pool, volume } = await locateOrFail(id);
        await keepReadAhead(pool, volume, kib);
        const device = await pool.opened(volume);
        if (device !== undefined) await setReadAhead(device, kib);
        return { ...describeOrFail(pool, volume), readAheadKib: kib };
      }),
    delete: (id) => locks.run([id], async () => (await locate(id))?.pool.delete(id)),
    usedAt: (id) =>
      locks.run([id], async () => {
        const found = await locate(id);
        return found?.pool.usedAt(found.volume);
      }),
    find: async (id) => {
      const found = await locate(id);
      return found?.pool.described(found.volume);
    },
    list: async () => (await Promise.all(pools.map(describeAll))).flat(),
    pools: () => Promise.all(pools.map(measure)),
    activate: async (id) => {
      const found = await locateOrFail(id);
      const device = await found.pool.open(found.volume);
      // Always, as a loop device keeps what was set for the volume it mapped before.
      await setReadAhead(device, found.volume.tags.readAheadKib ?? DEFAULT_READ_AHEAD_KIB);
      return device;
    },
    activateReadOnly: async (id) => {
      const found = await locateOrFail(id);
      return found.pool.openReadOnly(found.volume);
    },
    activated: async (id) => {
      const found = await locate(id);
      return found?.pool.opened(found.volume);
    },
    deactivate: async (id) => {
      const found = await locate(id);
      if (found !== undefined) await found.pool.close(found.volume);
    },
    exclusively: (id, work) => locks.run([id], work),
  };
}

function describeOrFail(pool: Pool, volume: PoolVolume): StoredVolume {
  const described = pool.describe(volume);
  if (described === undefined) throw new CsiError("NOT_FOUND", `${volume.lvm.name}: not complete`);
  return described;
}

async function describeAll(pool: Pool): Promise<StoredVolume[]> {
  const faults = await pool.faults();
  return (await pool.all()).flatMap((volume) => {
    const known = pool.describe(volume);
    return known === undefined ? [] : [{ ...known, fault: faults.get(known.id) }];
  });
}

async function measure(pool: Pool): Promise<PoolUsage> {
  const [space, volumes] = await Promise.all([pool.group.space(), describeAll(pool)]);
  const { freeBytes, largestVolumeBytes } = await pool.space.roomIn(space);
  return {
    poolClass: pool.poolClass,
    volumeGroup: space.name,
    devices: space.devices.map(({ device }) => device),
    capacityBytes: space.totalBytes,
    availableBytes: freeBytes,
    largestVolumeBytes,
    volumes,
  };
}

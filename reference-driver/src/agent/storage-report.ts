// SPDX-License-Identifier: Apache-2.0
import type { CustomResource } from "../cluster/custom-resource.ts";
import { blankStorage, storageName } from "../cluster/resources.ts";
import type { NodeLocalStorage, PoolFigures } from "../cluster/resources.ts";
import type { Segments } from "../csi/messages.ts";
import { log, messageOf } from "../support/log.ts";
import type { PoolUsage, VolumeStore } from "../store/volume-store.ts";

/** What the reporter is built from. */
export interface StorageReportParts {
  readonly driverName: string;
  readonly node: string;
  readonly segments: Segments;
  readonly store: VolumeStore;
  readonly storages: CustomResource<NodeLocalStorage>;
}

/** Publishes the node's pools as NodeLocalStorage objects. */
export interface StorageReport {
  /** Writes the figures as they are now. Calls that come while one is written share the next. */
  publish(): Promise<void>;
  /** Publishes now and then every few seconds. */
  start(): Promise<() => void>;
}

const HEARTBEAT_MS = 15_000;

export function createStorageReport(parts: StorageReportParts): StorageReport {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  // Figures read before a change must never overwrite those read after it: one writer at a time.
  const publish = (): Promise<void> => {
    next ??= running.then(() => {
      next = undefined;
      const written = writeAll(parts);
      running = written.catch(() => undefined);
      return written;
    });
    return next;
  };

  return {
    publish,
    start: async () => {
      await publish();
      const beat = () =>
        publish().catch((error: unknown) => log({ event: "heartbeat failed", message: messageOf(error) }));
      const timer = setInterval(() => void beat(), HEARTBEAT_MS);
      return () => clearInterval(timer);
    },
  };
}

async function writeAll(parts: StorageReportParts): Promise<void> {
  for (const pool of await parts.store.pools()) await write(parts, pool);
}

async function write(
  { driverName, node, segments, store, storages }: StorageReportParts,
  pool: PoolUsage,
): Promise<void> {
  const spec = { driverName, node, poolClass: pool.poolClass };
  const name = storageName(spec);
  if ((await storages.get(name)) === undefined) await storages.create(blankStorage(spec));
  await storages.mergeStatus(name, statusOf(pool, store, segments));
}

function statusOf(pool: PoolUsage, store: VolumeStore, topology: Segments): PoolFigures {
  const used = pool.volumes.reduce((sum, volume) => sum + volume.bytes, 0);
  return {
    capacity: pool.capacityBytes,
    // What this driver can use at most: the group less what others cut from it.
    allocatable: Math.min(pool.capacityBytes, pool.availableBytes + used),
    available: pool.availableBytes,
    largestVolume: pool.largestVolumeBytes,
    volumeGroup: pool.volumeGroup,
    devices: [...pool.devices],
    activation: store.activation,
    topology,
    logicalVolumes: pool.volumes.map(({ id, kind, bytes, fault }) => ({
      name: id,
      kind,
      bytes,
      ...(fault === undefined ? {} : { fault }),
    })),
    heartbeat: new Date().toISOString(),
  };
}

// SPDX-License-Identifier: Apache-2.0
import { type DriverPool, findDriverPool } from "../../src/cluster/pools/driver-pool.ts";
import { emptyFillers, fillGroup } from "../../src/cluster/pools/filler.ts";
import { readGroup, runLvm } from "../../src/cluster/pools/pool-state.ts";
import type { RunningCluster } from "../../src/cluster/provider.ts";
import type { PoolUse } from "../../src/driver/profile-install.ts";

/** A pool below the driver and how many volumes it has room for. */
export interface SharedPool {
  readonly node: string;
  readonly pool: DriverPool;
  readonly share: number;
}

/** What one look at a pool found; sizes in bytes. */
interface Sample {
  readonly free: number;
  readonly volumes: readonly number[];
}

/** Each pool once, with the first node that reaches it, and the room dealt out to them in turn. */
export async function sharePools(cluster: RunningCluster, use: PoolUse, room: number): Promise<SharedPool[]> {
  const groups = new Map<string, Omit<SharedPool, "share">>();
  for (const { name, controlPlane } of cluster.nodes) {
    const pool = controlPlane ? undefined : await findDriverPool(cluster, name, use);
    if (pool !== undefined && !groups.has(pool.volumeGroup))
      groups.set(pool.volumeGroup, { node: name, pool });
  }
  const count = groups.size;
  return [...groups.values()].map((one, n) => ({
    ...one,
    share: Math.floor(room / count) + (n < room % count ? 1 : 0),
  }));
}

/** Leaves in each pool one piece, exactly large enough for its share of volumes. */
export async function narrow(
  cluster: RunningCluster,
  pools: readonly SharedPool[],
  { owner, bytes }: { readonly owner: string; readonly bytes: number },
): Promise<void> {
  for (const { node, pool, share } of pools)
    await fillGroup(cluster, node, { pool, owner, leave: share * bytes });
}

export async function widen(
  cluster: RunningCluster,
  pools: readonly SharedPool[],
  owner: string,
): Promise<void> {
  for (const { node, pool } of pools) await emptyFillers(cluster, node, { pool, owner });
}

/** Looks at the volume groups again and again, and keeps what must never be. */
export class PoolSampler {
  readonly breaches: string[] = [];
  readonly most = new Map<string, number>();
  rounds = 0;
  readonly #cluster: RunningCluster;
  readonly #pools: readonly SharedPool[];
  readonly #volume: { readonly driver: string; readonly bytes: number };
  #isEnding = false;

  constructor(
    cluster: RunningCluster,
    pools: readonly SharedPool[],
    volume: { readonly driver: string; readonly bytes: number },
  ) {
    this.#cluster = cluster;
    this.#pools = pools;
    this.#volume = volume;
  }

  /** One look after the other until {@link end}. */
  async run(): Promise<void> {
    while (!this.#isEnding) {
      for (const one of this.#pools) this.#judge(one, await this.#look(one));
      this.rounds += 1;
    }
  }

  end(): void {
    this.#isEnding = true;
  }

  async #look({ node, pool }: SharedPool): Promise<Sample> {
    const select = `lv_tags={"sw.driver=${this.#volume.driver}"}`;
    const query = [
      "--noheadings",
      "--nosuffix",
      "--units=b",
      "-o",
      "lv_size",
      "-S",
      select,
      pool.volumeGroup,
    ];
    const [{ freeBytes }, sizes] = await Promise.all([
      readGroup(this.#cluster, node, pool),
      runLvm(this.#cluster, node, pool, ["lvs", ...query]),
    ]);
    return {
      free: freeBytes,
      volumes: sizes
        .split("\n")
        .flatMap((line) => line.trim() || [])
        .map(Number),
    };
  }

  #judge({ pool, share }: SharedPool, { free, volumes }: Sample): void {
    const { volumeGroup } = pool;
    this.most.set(volumeGroup, Math.max(this.most.get(volumeGroup) ?? 0, volumes.length));
    const small = volumes.filter((bytes) => bytes < this.#volume.bytes);
    if (free < 0) this.breaches.push(`${volumeGroup}: ${String(free)} bytes free`);
    if (small.length > 0) this.breaches.push(`${volumeGroup}: volumes of ${small.join(", ")} bytes`);
    if (volumes.length > share)
      this.breaches.push(`${volumeGroup}: ${String(volumes.length)} volumes, room for ${String(share)}`);
  }
}

// SPDX-License-Identifier: Apache-2.0
import { type DriverPool, findDriverPool } from "../cluster/pools/driver-pool.ts";
import { readGroup } from "../cluster/pools/pool-state.ts";
import type { RunningCluster } from "../cluster/provider.ts";
import type { PoolUse } from "../driver/profile-install.ts";

/** Size of all pools that the driver cuts from; undefined when it does not, or a worker has no such pool. */
export async function poolBytes(
  cluster: RunningCluster,
  use: PoolUse | undefined,
): Promise<number | undefined> {
  // the pools of a cluster of someone else's are theirs
  if (use === undefined || cluster.provider !== "kind") return undefined;
  const workers = cluster.nodes.filter((node) => !node.controlPlane);
  const found = await Promise.all(
    workers.map(async ({ name }) => ({ name, pool: await findDriverPool(cluster, name, use) })),
  );
  const groups = new Map<string, { readonly name: string; readonly pool: DriverPool }>();
  for (const { name, pool } of found) {
    if (pool === undefined) return undefined;
    groups.set(pool.volumeGroup, { name, pool });
  }
  const states = await Promise.all(
    [...groups.values()].map(({ name, pool }) => readGroup(cluster, name, pool)),
  );
  return states.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
}

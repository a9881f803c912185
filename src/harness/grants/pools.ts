// SPDX-License-Identifier: Apache-2.0
import type { NodeView } from "../../catalogue/context/nodes.ts";
import type { Pools, PoolState } from "../../catalogue/context/pools.ts";
import { needDriverPool } from "../../cluster/pools/driver-pool.ts";
import { emptyFillers, fillGroup } from "../../cluster/pools/filler.ts";
import { readGroup } from "../../cluster/pools/pool-state.ts";
import type { CaseRun } from "../case-run.ts";

export function grantPools(run: CaseRun): Pools {
  return {
    of: (node) => readPool(run, node),
    leave: async ({ name }, megabytes) => {
      const { pools, name: owner } = run.settings.driver;
      const filling = { pool: await needDriverPool(run.cluster, name, pools), owner };
      run.cleanup.add(`give back space of ${name}`, () => emptyFillers(run.cluster, name, filling));
      await emptyFillers(run.cluster, name, filling);
      await fillGroup(run.cluster, name, { ...filling, leave: megabytes * 2 ** 20 });
    },
  };
}

/** The node's pool, or its zone's, as it is now. */
export async function readPool(run: CaseRun, { name }: NodeView): Promise<PoolState> {
  const pool = await needDriverPool(run.cluster, name, run.settings.driver.pools);
  const { freeRuns, ...state } = await readGroup(run.cluster, name, pool);
  return { ...state, largestBytes: Math.max(0, ...freeRuns.map(({ length }) => length)) * state.extentBytes };
}

// SPDX-License-Identifier: Apache-2.0
import type { NodeView, Pools, PoolState } from "../../catalogue/context.ts";
import { emptyFillers, fillGroup } from "../../cluster/pools/filler.ts";
import { readGroup } from "../../cluster/pools/pool-state.ts";
import { KitError } from "../../support/errors.ts";
import type { CaseRun } from "../case-run.ts";

export function grantPools(run: CaseRun): Pools {
  return {
    of: (node) => readPool(run, node),
    leave: async (node, megabytes) => {
      const group = { volumeGroup: groupOf(run, node), owner: run.settings.driver.name };
      run.cleanup.add(`give back space of ${node.name}`, () => emptyFillers(run.cluster, node.name, group));
      await emptyFillers(run.cluster, node.name, group);
      await fillGroup(run.cluster, node.name, { ...group, leave: megabytes * 2 ** 20 });
    },
  };
}

/** The node's pool as it is now. */
export async function readPool(run: CaseRun, node: NodeView): Promise<PoolState> {
  const { freeRuns, ...state } = await readGroup(run.cluster, node.name, groupOf(run, node));
  return { ...state, largestBytes: Math.max(0, ...freeRuns.map(({ length }) => length)) * state.extentBytes };
}

/** The first pool of a node is the one that the profile's classes use. */
function groupOf(run: CaseRun, { name }: NodeView): string {
  const pool = run.cluster.nodes.find((node) => node.name === name)?.pools[0];
  if (pool === undefined) throw new KitError("POOL_UNKNOWN", `node ${name}: the kit made no pool there`);
  return pool.volumeGroup;
}

// SPDX-License-Identifier: Apache-2.0
import { findDriverPool } from "../cluster/pools/driver-pool.ts";
import { removeWorkerSites } from "../cluster/existing/worker-sites.ts";
import { emptyFillers } from "../cluster/pools/filler.ts";
import { reapRuns } from "../kube/reap.ts";
import { type DriverState, needCluster } from "./driver-state.ts";
import type { Step } from "./progress.ts";

/** On a cluster that stayed up: what a run that was cut off has left in it and in its pools. The driver must be there to remove its volumes. */
export const reapStep: Step<DriverState> = {
  title: "Namespaces of earlier runs",
  skip: (state) => state.created === true,
  run: async (state, say) => {
    const { kube, cluster } = needCluster(state);
    const { part } = state;
    const owner = state.profile.spec.driver.name;
    // a worker that still runs would go on making what is removed here
    const sites = part === undefined ? await removeWorkerSites(kube, owner) : [];
    const use = cluster.provider === "kind" ? state.profile.spec.pools : undefined;
    const workers = use === undefined ? [] : cluster.nodes.filter((node) => !node.controlPlane);
    await Promise.all(
      workers.map(async ({ name }) => {
        const pool = use && (await findDriverPool(cluster, name, use));
        if (pool !== undefined) await emptyFillers(cluster, name, { pool, owner });
      }),
    );
    const timeout = state.profile.spec.timeouts.backEndClean * 1000;
    // others run at the same time: only what this worker's last pod left is nobody's
    const own = part === undefined ? {} : { run: part.runId, reopen: part.alone };
    const removed = await reapRuns(kube, owner, { timeout, signal: state.signal, ...own });
    if (sites.length + removed.length > 0) say(`removed ${[...sites, ...removed].join(", ")}`);
  },
};

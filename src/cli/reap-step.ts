// SPDX-License-Identifier: Apache-2.0
import { reapRuns } from "../kube/reap.ts";
import { type DriverState, needCluster } from "./driver-state.ts";
import type { Step } from "./progress.ts";

/** On a cluster that stayed up: what a run that was cut off has left in it. The driver must be there to remove its volumes. */
export const reapStep: Step<DriverState> = {
  title: "Namespaces of earlier runs",
  skip: (state) => state.created === true,
  run: async (state, say) => {
    const { kube } = needCluster(state);
    const timeout = state.profile.spec.timeouts.backEndClean * 1000;
    const removed = await reapRuns(kube, state.profile.spec.driver.name, { timeout, signal: state.signal });
    if (removed.length > 0) say(`removed ${removed.join(", ")}`);
  },
};

// SPDX-License-Identifier: Apache-2.0
import { openKube } from "../kube/kube-client.ts";
import type { DriverState } from "./driver-state.ts";
import { kitVersion } from "./kit-version.ts";
import type { Step } from "./progress.ts";

/** Opens the API under the kit's own name. */
export const connectStep: Step<DriverState> = {
  title: "API server",
  run: async (state) => {
    state.kube = openKube(state.cluster?.kubeconfig ?? "", `seaworthy/${await kitVersion()}`);
  },
};

// SPDX-License-Identifier: Apache-2.0
import { joinCluster, leaveCluster } from "../cluster/existing/join-cluster.ts";
import { deployDriver } from "../driver/deploy.ts";
import type { DriverProfile } from "../driver/profile.ts";
import { KitError } from "../support/errors.ts";
import { connectStep } from "./connect-step.ts";
import { type DriverState, needCluster } from "./driver-state.ts";
import { findKubeconfig } from "./find-kubeconfig.ts";
import { runSteps, type Step } from "./progress.ts";
import { reapStep } from "./reap-step.ts";

/** What the command line says about a cluster that someone else runs. */
export interface JoinOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly probeImage?: string | undefined;
  readonly allowNodeAgent?: boolean;
  readonly installed?: boolean;
}

/**
 * Whether a cluster that exists was asked for.
 * @throws KitError of kind `usage` for flags that only make sense there, or that lack another
 */
export function isJoining(options: JoinOptions): boolean {
  const others = [
    ...(options.context === undefined ? [] : ["--context"]),
    ...(options.probeImage === undefined ? [] : ["--probe-image"]),
    ...(options.allowNodeAgent === undefined ? [] : ["--allow-node-agent"]),
    ...(options.installed === undefined ? [] : ["--installed"]),
  ];
  if (options.kubeconfig !== undefined) return true;
  if (others.length === 0) return false;
  throw new KitError("KUBECONFIG_MISSING", `${others.join(", ")}: only with --kubeconfig`, { kind: "usage" });
}

/** A profile for a cluster that has the driver already: nothing is installed, whatever way it names. */
export function asInstalled(profile: DriverProfile): DriverProfile {
  const { addons, ready } = profile.spec.install;
  const install = { existing: true as const, images: [], addons, ready, extender: [] };
  return { ...profile, spec: { ...profile.spec, install } };
}

/** From a kubeconfig to a driver that is ready for cases; what was added is undone by {@link leave}. */
export async function prepareJoined(state: DriverState, options: JoinOptions): Promise<void> {
  const { probeImage } = options;
  if (probeImage === undefined) {
    throw new KitError("PROBE_IMAGE_MISSING", "--kubeconfig needs --probe-image", {
      kind: "usage",
      hint: "make it with `seaworthy image --out probe.tar`, and push it where the nodes can get it",
    });
  }
  if (state.profile.spec.install.build !== undefined) {
    throw new KitError(
      "BUILD_NOT_HERE",
      `${state.profileFile}: spec.install.build works only on a cluster of the kit`,
      {
        kind: "usage",
        hint: "name an image that can be pulled, or say --installed when the driver is in the cluster already",
      },
    );
  }
  await runSteps<DriverState>([joinStep(options, probeImage), connectStep, driverStep, reapStep], state);
}

/** Undoes what joining added, in the cluster and on this host. */
export async function leave(state: DriverState): Promise<void> {
  if (state.cluster?.provider === "existing") await leaveCluster(state.cluster.name, () => undefined);
}

function joinStep(options: JoinOptions, probeImage: string): Step<DriverState> {
  return {
    title: "Cluster of yours: nodes, and agents where allowed",
    run: async (state, say) => {
      const rack = state.profile.spec.topologyKeys.find(({ level }) => level === "rack");
      state.probeImage = probeImage;
      state.cluster = await joinCluster(
        {
          kubeconfig: findKubeconfig(options.kubeconfig),
          rackLabel: rack?.key ?? "topology.seaworthy.dev/rack",
          ...(options.context === undefined ? {} : { context: options.context }),
          ...(options.allowNodeAgent === true ? { agentImage: probeImage } : {}),
        },
        say,
      );
    },
  };
}

const driverStep: Step<DriverState> = {
  title: "Driver: installation, registration",
  run: async (state, say) => {
    const { cluster, kube } = needCluster(state);
    const { profile, profileFile, signal, copy } = state;
    await deployDriver(
      {
        ...{ cluster, kube, profile, profileFile, signal, image: undefined, snapshotCrds: undefined },
        ...(copy === undefined ? {} : { copy }),
      },
      say,
    );
  },
};

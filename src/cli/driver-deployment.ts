// SPDX-License-Identifier: Apache-2.0
import { deployDriver } from "../driver/deploy.ts";
import type { DriverCopy } from "../driver/driver-copy.ts";
import { buildDriverImages, loadImage, withImageFolder } from "../driver/driver-images.ts";
import type { DriverProfile } from "../driver/profile.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import { KitError } from "../support/errors.ts";
import { need, type Preparation } from "./preparation.ts";
import type { Step } from "./progress.ts";

/** A preparation that goes on to put a driver into the cluster. */
export interface DriverPreparation extends Preparation {
  readonly profile: DriverProfile;
  readonly profileFile: string;
  readonly signal: AbortSignal;
  /** Set when the driver goes beside others as a copy under its own name. */
  readonly copy?: DriverCopy;
  kube?: KubeClient;
  /** Names of the images put on the nodes. */
  probeImage?: string;
  driverImage?: string | undefined;
}

/** Images on every node, then manifests; both at once as far as they do not depend on each other. */
export const driverStep: Step<DriverPreparation> = {
  title: "Driver: images, manifests, registration",
  run: async (state, say) => {
    await withImageFolder(async (folder) => {
      say("building the driver's image");
      const { probe, driver } = await buildDriverImages(state.profile, need(state).images.base, folder);
      const { cluster } = needCluster(state);
      say("putting images on the nodes");
      const built = driver === undefined ? [probe] : [probe, driver];
      await Promise.all(built.map((image) => loadImage(cluster, image)));
      state.probeImage = probe.name;
      state.driverImage = driver?.name;
    });
    await deployPrepared(state, say);
  },
};

/** Applies the manifests of a prepared driver, or of a mutant of it, to the cluster. */
export async function deployPrepared(
  state: DriverPreparation,
  say: (doing: string) => void,
  mutant?: string,
): Promise<void> {
  const { cluster, kube } = needCluster(state);
  const { profile, profileFile, signal, driverImage, copy } = state;
  const { snapshotCrds } = need(state).images;
  await deployDriver(
    {
      cluster,
      kube,
      profile,
      profileFile,
      snapshotCrds,
      image: driverImage,
      signal,
      ...(copy === undefined ? {} : { copy }),
      ...(mutant === undefined ? {} : { mutant }),
    },
    say,
  );
}

/** @throws KitError when the cluster step has not run */
export function needCluster(state: DriverPreparation): {
  cluster: NonNullable<Preparation["cluster"]>;
  kube: KubeClient;
} {
  const { cluster, kube } = state;
  if (cluster === undefined || kube === undefined)
    throw new KitError("STEP_ORDER", "a step ran before the cluster step");
  return { cluster, kube };
}

/** @throws KitError when the driver step has not run */
export function needProbe(state: DriverPreparation): string {
  if (state.probeImage !== undefined) return state.probeImage;
  throw new KitError("STEP_ORDER", "a step ran before the driver step");
}

// SPDX-License-Identifier: Apache-2.0
import { basename } from "node:path";
import type { HostFacts } from "../cluster/host.ts";
import type { RunningCluster } from "../cluster/provider.ts";
import { deployDriver } from "../driver/deploy.ts";
import { withScratchFolder } from "../cluster/scratch-folder.ts";
import { buildDriverImages, loadImage } from "../driver/driver-images.ts";
import { findArchives, loadArchive } from "../driver/image-archives.ts";
import { buildKitImage } from "../driver/kit-image.ts";
import type { DriverVariant } from "../driver/driver-variant.ts";
import { type DriverState, needCluster } from "./driver-state.ts";
import { need, type Preparation } from "./preparation.ts";
import type { Step } from "./progress.ts";

/** A preparation that goes on to put a driver into the cluster it makes. */
export interface DriverPreparation extends Preparation, DriverState {
  facts?: HostFacts;
  cluster?: RunningCluster;
  created?: boolean;
}

/** Images on every node, then manifests; both at once as far as they do not depend on each other. */
export const driverStep: Step<DriverPreparation> = {
  title: "Driver: images, manifests, registration",
  run: async (state, say) => {
    await withScratchFolder("images", async (folder) => {
      say("building the driver's image");
      const { probe, driver } = await buildDriverImages(state.profile, need(state).images.base, folder);
      const { cluster } = needCluster(state);
      say("putting images on the nodes");
      const built = driver === undefined ? [probe] : [probe, driver];
      await Promise.all(built.map((image) => loadImage(cluster, image)));
      state.probeImage = probe.name;
      state.driverImage = driver?.name;
      for (const archive of await findArchives(state.profile, state.profileFile)) {
        say(`putting ${basename(archive)} on the nodes`);
        await loadArchive(cluster, archive);
      }
    });
    await deployPrepared(state, say);
  },
};

/** The kit's own image on every node, for its workers. */
export const kitImageStep: Step<DriverPreparation> = {
  title: "The kit's image, for its workers",
  run: async (state, say) => {
    await withScratchFolder("images", async (folder) => {
      say("building it");
      const image = await buildKitImage(need(state).images.base, folder, false);
      say("putting it on the nodes");
      await loadImage(needCluster(state).cluster, image);
      state.kitImage = image.name;
    });
  },
};

/** Applies the manifests of a prepared driver, or a variant of it, to the cluster. */
export async function deployPrepared(
  state: DriverPreparation,
  say: (doing: string) => void,
  variant?: DriverVariant,
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
      ...(variant === undefined ? {} : { variant }),
    },
    say,
  );
}

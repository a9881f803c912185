// SPDX-License-Identifier: Apache-2.0
import { makeExt4 } from "../../src/mount/ext4.ts";
import { mountOf } from "../../src/mount/freeze.ts";
import type { Mutant } from "../mutant.ts";

/** What external-provisioner writes into the objects it makes, and nobody else does. */
const IDENTITY = "storage.kubernetes.io/csiProvisionerIdentity";

/** A volume whose object does not come from the provisioner is taken for a new one. */
export const mutant: Mutant = {
  slug: "formats-adopted-volumes",
  title: "A volume is formatted when its PersistentVolume was made by hand",
  breaks: ["life/static-dynamic", "life/phases", "topo/pod-follows-disk-static"],
  caughtBy: [
    "life-cycle/kept-volume-is-reused",
    "life-cycle/static-volumes-match-their-claims",
    "placement/static-disks-pull-their-pods",
  ],
  wrap: (services) => ({
    ...services,
    createNode: (parts) => {
      const good = services.createNode(parts);
      const { store } = parts;
      return {
        ...good,
        nodeStageVolume: (request) =>
          store.exclusively(request.volumeId, async () => {
            if (request.volumeContext[IDENTITY] === undefined) {
              const device = await store.activate(request.volumeId);
              if ((await mountOf(device)) === undefined) await makeExt4(device);
            }
            return good.nodeStageVolume(request);
          }),
      };
    },
  }),
};

// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../../src/grpc/csi-error.ts";
import { breakNode } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** What external-provisioner writes into the objects it makes, and nobody else does. */
const IDENTITY = "storage.kubernetes.io/csiProvisionerIdentity";

export const mutant: Mutant = {
  slug: "refuses-adopted-volumes",
  title: "A volume cannot be used when its PersistentVolume was made by hand",
  breaks: ["life/static-dynamic", "life/phases", "topo/pod-follows-disk-static"],
  caughtBy: ["life-cycle/static-volumes-match-their-claims", "placement/static-disks-pull-their-pods"],
  wrap: (services) =>
    breakNode(services, (good) => ({
      nodeStageVolume: (request) => {
        if (request.volumeContext[IDENTITY] !== undefined) return good.nodeStageVolume(request);
        throw new CsiError("FAILED_PRECONDITION", `${request.volumeId}: not provisioned by this driver`);
      },
    })),
};

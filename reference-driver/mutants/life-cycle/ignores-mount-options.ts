// SPDX-License-Identifier: Apache-2.0
import type { NodeStageVolumeRequest } from "../../src/csi/messages.ts";
import type { Mutant } from "../mutant.ts";

/** The mount flags of a capability are dropped. */
export const mutant: Mutant = {
  slug: "ignores-mount-options",
  title: "A volume is mounted without the mount options of its class",
  breaks: ["life/static-dynamic"],
  caughtBy: ["life-cycle/mount-options-reach-the-pod"],
  wrap: (services) => ({
    ...services,
    createNode: (parts) => {
      const good = services.createNode(parts);
      return { ...good, nodeStageVolume: (request) => good.nodeStageVolume(withoutFlags(request)) };
    },
  }),
};

function withoutFlags(request: NodeStageVolumeRequest): NodeStageVolumeRequest {
  const { volumeCapability: capability } = request;
  if (!capability?.mount) return request;
  return { ...request, volumeCapability: { ...capability, mount: { ...capability.mount, mountFlags: [] } } };
}

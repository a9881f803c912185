// SPDX-License-Identifier: Apache-2.0
import { makeExt4 } from "../../src/mount/ext4.ts";
import { mountOf } from "../../src/mount/freeze.ts";
import type { Mutant } from "../mutant.ts";

/** Every stage but a volume's first makes a new filesystem. */
export const mutant: Mutant = {
  slug: "reformats-on-stage",
  title: "A volume is formatted anew each time it comes back to its node",
  breaks: [
    "topo/pod-follows-disk",
    "topo/then-pod-follows",
    "topo/statefulset",
    "life/fsgroup",
    "life/access-modes",
  ],
  caughtBy: [
    "placement/pod-follows-disk",
    "placement/conflict-stays-pending",
    "placement/statefulset-keeps-its-disks",
  ],
  wrap: (services) => ({
    ...services,
    createNode: (parts) => {
      const good = services.createNode(parts);
      const { store } = parts;
      // The first stage is spared so that a restored volume still shows its snapshot: that is another rule.
      const staged = new Set<string>();
      return {
        ...good,
        nodeStageVolume: (request) =>
          store.exclusively(request.volumeId, async () => {
            if (staged.has(request.volumeId)) {
              const device = await store.activate(request.volumeId);
              if ((await mountOf(device)) === undefined) await makeExt4(device);
            }
            const answer = await good.nodeStageVolume(request);
            staged.add(request.volumeId);
            return answer;
          }),
      };
    },
  }),
};

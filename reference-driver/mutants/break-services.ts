// SPDX-License-Identifier: Apache-2.0
import type { Services } from "../src/composition/services.ts";
import type { ControllerService } from "../src/csi/controller-service.ts";
import type { NodeService } from "../src/csi/node-service.ts";
import type { VolumeStore } from "../src/store/volume-store.ts";

/** Replaces some methods of the store and keeps the rest. */
export function breakStore(
  services: Services,
  change: (good: VolumeStore) => Partial<VolumeStore>,
): Services {
  return {
    ...services,
    openStore: async (options) => {
      const good = await services.openStore(options);
      return { ...good, ...change(good) };
    },
  };
}

/** Replaces some RPCs of the Controller service and keeps the rest. */
export function breakController(
  services: Services,
  change: (good: ControllerService) => Partial<ControllerService>,
): Services {
  return {
    ...services,
    createController: (parts) => {
      const good = services.createController(parts);
      return { ...good, ...change(good) };
    },
  };
}

/** Replaces some RPCs of the Node service and keeps the rest. */
export function breakNode(
  services: Services,
  change: (good: NodeService, store: VolumeStore) => Partial<NodeService>,
): Services {
  return {
    ...services,
    createNode: (parts) => {
      const good = services.createNode(parts);
      return { ...good, ...change(good, parts.store) };
    },
  };
}

// SPDX-License-Identifier: Apache-2.0
import { DEFAULT_BYTES } from "../src/csi/capacity.ts";
import type { NodeParts, NodeService } from "../src/csi/node-service.ts";
import type { ReconcilerParts } from "../src/agent/reconciler.ts";
import type { Services } from "../src/composition/services.ts";
import type { Volume } from "../src/csi/messages.ts";

const SIZE_KEY = "strayBytes";
const CLASS_KEY = "strayPoolClass";

/** Adds to a volume what a node needs to make a stray one of its size. */
export function withStraySize(volume: Volume, poolClass: string | undefined): Volume {
  const stray = { [SIZE_KEY]: String(volume.capacityBytes), [CLASS_KEY]: poolClass ?? "standard" };
  return { ...volume, volumeContext: { ...volume.volumeContext, ...stray } };
}

/**
 * The fault that hides a misplaced volume: a node that is asked to stage one it does not hold makes an empty one of the
 * same name and goes on. The strays are removed when the volume is, so that nothing else is broken.
 */
export function makeStrays(services: Services): Pick<Services, "createNode" | "createReconciler"> {
  return {
    createNode: (parts) => stagingStrays(services.createNode(parts), parts),
    createReconciler: (parts) => removingStrays(services, parts),
  };
}

function stagingStrays(good: NodeService, { store }: NodeParts): NodeService {
  return {
    ...good,
    nodeStageVolume: async (request) => {
      const { volumeId: id, volumeContext } = request;
      if ((await store.find(id)) === undefined) {
        const bytes = Number(volumeContext[SIZE_KEY] ?? DEFAULT_BYTES);
        const poolClass = volumeContext[CLASS_KEY] ?? "standard";
        await store.create({ id, kind: "volume", poolClass, bytes, source: undefined, csiName: id });
      }
      return good.nodeStageVolume(request);
    },
  };
}

function removingStrays(services: Services, parts: ReconcilerParts) {
  const good = services.createReconciler(parts);
  return {
    ...good,
    forget: async (id: string) => {
      await good.forget(id);
      await parts.store.delete(id);
      await parts.report();
    },
  };
}

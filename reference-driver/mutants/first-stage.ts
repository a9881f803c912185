// SPDX-License-Identifier: Apache-2.0
import type { NodeStageVolumeRequest } from "../src/csi/messages.ts";
import type { Services } from "../src/composition/services.ts";
import type { StoredVolume } from "../src/store/volume-spec.ts";
import type { VolumeStore } from "../src/store/volume-store.ts";
import { breakNode } from "./break-services.ts";

/** A volume that is staged for the first time. */
export interface FirstStage {
  readonly request: NodeStageVolumeRequest;
  readonly volume: StoredVolume;
  /** Its block device. */
  readonly device: string;
  readonly store: VolumeStore;
}

/** Does something to each volume that came from a snapshot or another volume, before it is staged for the first time. */
export function onFirstStage(services: Services, act: (stage: FirstStage) => Promise<void>): Services {
  const staged = new Set<string>();
  return breakNode(services, (good, store) => ({
    nodeStageVolume: async (request) => {
      const { volumeId: id } = request;
      const volume = await store.find(id);
      if (volume?.source !== undefined && !staged.has(id)) {
        const { source } = volume;
        await store.exclusively(id, async () =>
          act({ request, volume: { ...volume, source }, device: await store.activate(id), store }),
        );
      }
      staged.add(id);
      return good.nodeStageVolume(request);
    },
  }));
}

// SPDX-License-Identifier: Apache-2.0
import path from "node:path";
import { createLocalBackEnd } from "../src/back-end/local-back-end.ts";
import { createController } from "../src/csi/controller-service.ts";
import type { ControllerService } from "../src/csi/controller-service.ts";
import { createNode } from "../src/csi/node-service.ts";
import { ZONE_KEY } from "../src/csi/placement.ts";
import { openLvmStore } from "../src/store/lvm-store.ts";
import type { VolumeStore } from "../src/store/volume-store.ts";
import { KeyedLocks } from "../src/support/keyed-locks.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

export const ZONE = "zone-a";
export const MOUNT = {
  mount: { fsType: "ext4", mountFlags: [] },
  accessMode: { mode: "SINGLE_NODE_WRITER" },
};

/** A node of the zone: its own devices for the zone's volumes. */
export interface ZoneNode {
  readonly store: VolumeStore;
  /** Stages a volume and gives the path it is mounted on. */
  stage(volumeId: string): Promise<string>;
  unstage(volumeId: string): Promise<void>;
}

/** A zone whose nodes share one pool; the first of them changes it. */
export interface ZoneOnPool {
  readonly controller: Required<ControllerService>;
  readonly nodes: Readonly<Record<string, ZoneNode>>;
  create(name: string, snapshotId?: string): Promise<string>;
  attach(volumeId: string, nodeId: string): Promise<void>;
  detach(volumeId: string, nodeId: string): Promise<void>;
}

export async function zoneOnPool(pool: TemporaryPool, names: readonly string[]): Promise<ZoneOnPool> {
  const segments = { [ZONE_KEY]: ZONE };
  const pools = [{ class: "standard", volumeGroup: pool.volumeGroup }];
  const stores = new Map<string, VolumeStore>();
  for (const sharedAs of names) {
    const locks = new KeyedLocks();
    stores.set(sharedAs, await openLvmStore({ driverName: "zonal.test", pools, locks, sharedAs }));
  }
  const [first = ""] = names;
  const storeOf = (name: string): VolumeStore => {
    const store = stores.get(name);
    if (store === undefined) throw new Error(`${name} is no node of the zone`);
    return store;
  };
  const backEnd = createLocalBackEnd(storeOf(first), ZONE, segments, first);
  const everyNode = () => Promise.resolve(names.map((node) => ({ node, segments })));
  const parts = { locks: new KeyedLocks(), scope: "zone" } as const;
  const controller = createController({
    backEnd: { ...backEnd, nodes: everyNode },
    ...parts,
  }) as Required<ControllerService>;
  const nodeOf = (name: string): ZoneNode => {
    const store = storeOf(name);
    const attachedTo = async (id: string) => (await store.find(id))?.attachedTo;
    const records = undefined;
    const service = createNode({ store, node: name, segments, records, maxVolumes: 0, attachedTo });
    const stagingOf = (id: string) => path.join(pool.folder, name, id);
    return {
      store,
      stage: async (volumeId) => {
        const stagingTargetPath = stagingOf(volumeId);
        const request = { volumeId, stagingTargetPath, volumeCapability: MOUNT, volumeContext: {} };
        await service.nodeStageVolume(request);
        return stagingTargetPath;
      },
      unstage: async (volumeId) => {
        await service.nodeUnstageVolume({ volumeId, stagingTargetPath: stagingOf(volumeId) });
      },
    };
  };
  return {
    controller,
    nodes: Object.fromEntries(names.map((name) => [name, nodeOf(name)])),
    create: async (name, snapshotId) => {
      const { volume } = await controller.createVolume({
        name,
        capacityRange: { requiredBytes: 32 * 1024 ** 2, limitBytes: 0 },
        volumeCapabilities: [MOUNT],
        parameters: {},
        volumeContentSource: snapshotId === undefined ? null : { snapshot: { snapshotId } },
        accessibilityRequirements: null,
        mutableParameters: {},
      });
      return volume.volumeId;
    },
    attach: async (volumeId, nodeId) => {
      await controller.controllerPublishVolume({ volumeId, nodeId, volumeCapability: MOUNT });
    },
    detach: async (volumeId, nodeId) => {
      await controller.controllerUnpublishVolume({ volumeId, nodeId });
    },
  };
}

// SPDX-License-Identifier: Apache-2.0
import path from "node:path";
import { MUTANTS } from "../mutants/mutant-list.ts";
import { goodServices } from "../src/composition/services.ts";
import type { Services } from "../src/composition/services.ts";
import type { ControllerService } from "../src/csi/controller-service.ts";
import type { NodeService } from "../src/csi/node-service.ts";
import type { VolumeStore } from "../src/store/volume-store.ts";
import { KeyedLocks } from "../src/support/keyed-locks.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const MIB = 1024 ** 2;
const CAPABILITY = { mount: { fsType: "ext4", mountFlags: [] }, accessMode: { mode: "SINGLE_NODE_WRITER" } };

/** The driver's services on a real pool, called as the sidecars and the kubelet call them. */
export interface DriverOnPool {
  readonly store: VolumeStore;
  readonly controller: ControllerService;
  readonly node: NodeService;
  createVolume(name: string, mebibytes: number, snapshotId?: string): Promise<string>;
  createSnapshot(name: string, sourceVolumeId: string): Promise<string>;
  /** Stages a volume and gives the path it is mounted on. */
  stage(volumeId: string): Promise<string>;
  unstage(volumeId: string): Promise<void>;
}

/** The good driver, or the broken one that REFERENCE_DRIVER_MUTANT names: to see the tests fail. */
function servicesUnderTest(): Services {
  const slug = process.env["REFERENCE_DRIVER_MUTANT"];
  if (slug === undefined) return goodServices;
  const mutant = MUTANTS.find((candidate) => candidate.slug === slug);
  if (mutant === undefined) throw new Error(`REFERENCE_DRIVER_MUTANT=${slug}: no such mutant`);
  return mutant.wrap(goodServices);
}

export async function driverOnPool(
  pool: TemporaryPool,
  services: Services = servicesUnderTest(),
): Promise<DriverOnPool> {
  const locks = new KeyedLocks();
  const segments = { "kubernetes.io/hostname": pool.node };
  const pools = [{ class: "standard", volumeGroup: pool.volumeGroup }];
  const store = await services.openStore({ driverName: "test.seaworthy.dev", pools, locks });
  const backEnd = services.createLocalBackEnd(store, pool.node, segments);
  const controller = services.createController({ backEnd, locks });
  const node = services.createNode({ store, node: pool.node, segments, records: undefined });
  const stagingPath = (id: string): string => path.join(pool.folder, "staging", id);
  return {
    store,
    controller,
    node,
    createVolume: async (name, mebibytes, snapshotId) => {
      const { volume } = await controller.createVolume({
        name,
        capacityRange: { requiredBytes: mebibytes * MIB, limitBytes: 0 },
        volumeCapabilities: [CAPABILITY],
        parameters: {},
        volumeContentSource: snapshotId === undefined ? null : { snapshot: { snapshotId } },
        accessibilityRequirements: null,
      });
      return volume.volumeId;
    },
    createSnapshot: async (name, sourceVolumeId) =>
      (await controller.createSnapshot({ name, sourceVolumeId, parameters: {} })).snapshot.snapshotId,
    stage: async (volumeId) => {
      const stagingTargetPath = stagingPath(volumeId);
      await node.nodeStageVolume({
        volumeId,
        stagingTargetPath,
        volumeCapability: CAPABILITY,
        volumeContext: {},
      });
      return stagingTargetPath;
    },
    unstage: async (volumeId) => {
      await node.nodeUnstageVolume({ volumeId, stagingTargetPath: stagingPath(volumeId) });
    },
  };
}

// SPDX-License-Identifier: Apache-2.0
import path from "node:path";
import { MUTANTS } from "../mutants/mutant-list.ts";
import { goodServices } from "../src/composition/services.ts";
import type { Services } from "../src/composition/services.ts";
import type { ControllerService } from "../src/csi/controller-service.ts";
import type { GroupControllerService } from "../src/csi/group-controller-service.ts";
import type { NodeService } from "../src/csi/node-service.ts";
import type { VolumeCapability, VolumeContentSource } from "../src/csi/messages.ts";
import type { VolumeStore } from "../src/store/volume-store.ts";
import { KeyedLocks } from "../src/support/keyed-locks.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const MIB = 1024 ** 2;
const WRITER = { accessMode: { mode: "SINGLE_NODE_WRITER" } };

/** What a volume can be asked for as. */
export const EXT4: VolumeCapability = { mount: { fsType: "ext4", mountFlags: [] }, ...WRITER };
export const XFS: VolumeCapability = { mount: { fsType: "xfs", mountFlags: [] }, ...WRITER };
export const BLOCK: VolumeCapability = { block: {}, ...WRITER };

/** The driver's services on a real pool, called as the sidecars and the kubelet call them. */
export interface DriverOnPool {
  readonly store: VolumeStore;
  readonly controller: ControllerService;
  readonly groupController: GroupControllerService;
  readonly node: NodeService;
  createVolume(
    name: string,
    mebibytes: number,
    snapshotId?: string,
    capability?: VolumeCapability,
  ): Promise<string>;
  clone(name: string, mebibytes: number, volumeId: string, capability?: VolumeCapability): Promise<string>;
  /** Grows a volume and gives its new size in bytes. */
  expand(volumeId: string, mebibytes: number, capability?: VolumeCapability): Promise<number>;
  /** Grows a published or staged volume's filesystem. */
  expandOnNode(volumeId: string, volumePath: string): Promise<number>;
  createSnapshot(name: string, sourceVolumeId: string): Promise<string>;
  /** Stages a volume and gives the path it is mounted on. */
  stage(volumeId: string, capability?: VolumeCapability): Promise<string>;
  /** Publishes a staged volume and gives the path it is shown at. */
  publish(volumeId: string, capability: VolumeCapability, readonly?: boolean): Promise<string>;
  unpublish(volumeId: string, targetPath: string): Promise<void>;
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
  { maxVolumes = 0, thin = false }: { maxVolumes?: number; thin?: boolean } = {},
): Promise<DriverOnPool> {
  const locks = new KeyedLocks();
  const segments = { "kubernetes.io/hostname": pool.node };
  const pools = [{ class: "standard", volumeGroup: pool.volumeGroup, thin }];
  const store = await services.openStore({ driverName: "test.seaworthy.dev", pools, locks });
  const backEnd = services.createLocalBackEnd(store, pool.node, segments);
  const controller = services.createController({ backEnd, locks, scope: "node" });
  const groupController = services.createGroupController({ backEnd, locks });
  const node = services.createNode({ store, node: pool.node, segments, records: undefined, maxVolumes });
  const stagingPath = (id: string): string => path.join(pool.folder, "staging", id);
  const create = async (
    name: string,
    mebibytes: number,
    volumeContentSource: VolumeContentSource | null,
    capability: VolumeCapability,
  ): Promise<string> => {
    const { volume } = await controller.createVolume({
      name,
      capacityRange: { requiredBytes: mebibytes * MIB, limitBytes: 0 },
      volumeCapabilities: [capability],
      parameters: {},
      volumeContentSource,
      accessibilityRequirements: null,
      mutableParameters: {},
    });
    return volume.volumeId;
  };
  return {
    store,
    controller,
    groupController,
    node,
    createVolume: (name, mebibytes, snapshotId, capability = EXT4) =>
      create(name, mebibytes, snapshotId === undefined ? null : { snapshot: { snapshotId } }, capability),
    clone: (name, mebibytes, volumeId, capability = EXT4) =>
      create(name, mebibytes, { volume: { volumeId } }, capability),
    expand: async (volumeId, mebibytes, volumeCapability = EXT4) => {
      const capacityRange = { requiredBytes: mebibytes * MIB, limitBytes: 0 };
      return (await controller.controllerExpandVolume({ volumeId, capacityRange, volumeCapability }))
        .capacityBytes;
    },
    expandOnNode: async (volumeId, volumePath) =>
      (await node.nodeExpandVolume({ volumeId, volumePath, capacityRange: null })).capacityBytes,
    createSnapshot: async (name, sourceVolumeId) =>
      (await controller.createSnapshot({ name, sourceVolumeId, parameters: {} })).snapshot.snapshotId,
    stage: async (volumeId, capability = EXT4) => {
      const stagingTargetPath = stagingPath(volumeId);
      await node.nodeStageVolume({
        volumeId,
        stagingTargetPath,
        volumeCapability: capability,
        volumeContext: {},
      });
      return stagingTargetPath;
    },
    publish: async (volumeId, volumeCapability, readonly = false) => {
      const targetPath = path.join(pool.folder, "pods", `${volumeId}${readonly ? "-ro" : ""}`);
      const stagingTargetPath = stagingPath(volumeId);
      const request = { volumeId, stagingTargetPath, targetPath, volumeCapability, readonly };
      await node.nodePublishVolume({ ...request, volumeContext: {} });
      return targetPath;
    },
    unpublish: async (volumeId, targetPath) => {
      await node.nodeUnpublishVolume({ volumeId, targetPath });
    },
    unstage: async (volumeId) => {
      await node.nodeUnstageVolume({ volumeId, stagingTargetPath: stagingPath(volumeId) });
    },
  };
}

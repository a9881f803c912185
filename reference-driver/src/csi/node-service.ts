// SPDX-License-Identifier: Apache-2.0
import { CsiError, required } from "../grpc/csi-error.ts";
import type { VolumeRecords } from "../cluster/volume-records.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import type {
  NodeExpandVolumeRequest,
  NodeGetVolumeStatsRequest,
  NodePublishVolumeRequest,
  NodeStageVolumeRequest,
  NodeUnpublishVolumeRequest,
  NodeUnstageVolumeRequest,
  Segments,
  VolumeHealth,
  VolumeIdRequest,
} from "./messages.ts";
import { expandOnNode } from "./node-expand.ts";
import { storageHealth, volumeHealth } from "./node-health.ts";
import type { PoolTrouble } from "./node-health.ts";
import { requirePlace } from "./node-limit.ts";
import { publish, unpublish } from "./publish.ts";
import { stage, unstage } from "./stage.ts";
import { requireCapabilities } from "./volume-capability.ts";
import { volumeStats } from "./volume-stats.ts";

const CAPABILITIES = [
  "STAGE_UNSTAGE_VOLUME",
  "GET_VOLUME_STATS",
  "EXPAND_VOLUME",
  "VOLUME_CONDITION",
  "SINGLE_NODE_MULTI_WRITER",
  "GET_VOLUME_HEALTH",
  "GET_STORAGE_HEALTH",
] as const;

/** What the Node service is built from. */
export interface NodeParts {
  readonly store: VolumeStore;
  readonly node: string;
  readonly segments: Segments;
  /** The cluster's records; undefined where there is no cluster. */
  readonly records: VolumeRecords | undefined;
  /** How many volumes may be staged here at once; 0 for no limit. */
  readonly maxVolumes: number;
  /** For volumes that are attached: the node one is attached to now. */
  readonly attachedTo?: ((id: string) => Promise<string | undefined>) | undefined;
}

/** CSI Node. Each method is one RPC. */
export interface NodeService {
  nodeStageVolume(request: NodeStageVolumeRequest): Promise<object>;
  nodeUnstageVolume(request: NodeUnstageVolumeRequest): Promise<object>;
  nodePublishVolume(request: NodePublishVolumeRequest): Promise<object>;
  nodeUnpublishVolume(request: NodeUnpublishVolumeRequest): Promise<object>;
  nodeGetVolumeStats(request: NodeGetVolumeStatsRequest): Promise<object>;
  nodeExpandVolume(request: NodeExpandVolumeRequest): Promise<{ capacityBytes: number }>;
  nodeGetCapabilities(): Promise<object>;
  nodeGetInfo(): Promise<object>;
  nodeGetVolumeHealth(request: VolumeIdRequest): Promise<{ volumeHealth: VolumeHealth }>;
  nodeGetStorageHealth(): Promise<{ backendHealth: readonly PoolTrouble[] }>;
}

/** Builds the Node service on this node's store. */
export function createNode({ store, node, segments, maxVolumes, attachedTo }: NodeParts): NodeService {
  return {
    nodeStageVolume: async (request) => {
      const id = required(request.volumeId, "volume_id");
      required(request.stagingTargetPath, "staging_target_path");
      requireCapabilities(request.volumeCapability === null ? [] : [request.volumeCapability]);
      await store.exclusively(id, async () => {
        await requireAttached(id);
        await requirePlace(store, id, maxVolumes);
        await stage(store, request);
      });
      return {};
    },
    nodeUnstageVolume: async (request) => {
      const id = required(request.volumeId, "volume_id");
      required(request.stagingTargetPath, "staging_target_path");
      await store.exclusively(id, () => unstage(store, request));
      return {};
    },
    nodePublishVolume: async (request) => {
      const id = required(request.volumeId, "volume_id");
      required(request.targetPath, "target_path");
      required(request.stagingTargetPath, "staging_target_path");
      requireCapabilities(request.volumeCapability === null ? [] : [request.volumeCapability]);
      await store.exclusively(id, () => publish(store, request));
      return {};
    },
    nodeUnpublishVolume: async (request) => {
      const id = required(request.volumeId, "volume_id");
      required(request.targetPath, "target_path");
      await store.exclusively(id, () => unpublish(request.targetPath));
      return {};
    },
    nodeGetVolumeStats: async ({ volumeId, volumePath }) => {
      const id = required(volumeId, "volume_id");
      required(volumePath, "volume_path");
      return volumeStats(store, { volumeId: id, volumePath });
    },
    nodeExpandVolume: async (request) => {
      const id = required(request.volumeId, "volume_id");
      required(request.volumePath, "volume_path");
      return store.exclusively(id, () => expandOnNode(store, request));
    },
    nodeGetCapabilities: () =>
      Promise.resolve({ capabilities: CAPABILITIES.map((type) => ({ rpc: { type } })) }),
    nodeGetInfo: () =>
      Promise.resolve({ nodeId: node, maxVolumesPerNode: maxVolumes, accessibleTopology: { segments } }),
    nodeGetVolumeHealth: async ({ volumeId }) => ({
      volumeHealth: await volumeHealth(store, required(volumeId, "volume_id")),
    }),
    nodeGetStorageHealth: async () => ({ backendHealth: await storageHealth(store) }),
  };

  async function requireAttached(id: string): Promise<void> {
    if (attachedTo === undefined) return;
    const holder = await attachedTo(id);
    if (holder === node) return;
    const seen = holder === undefined ? "it is attached to none" : `it is attached to ${holder}`;
    throw new CsiError("FAILED_PRECONDITION", `volume ${id} is not attached to node ${node}: ${seen}`);
  }
}

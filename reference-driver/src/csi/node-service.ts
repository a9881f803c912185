// SPDX-License-Identifier: Apache-2.0
import { statfs } from "node:fs/promises";
import { CsiError, required } from "../grpc/csi-error.ts";
import { mountAt } from "../mount/mount-table.ts";
import type { VolumeRecords } from "../cluster/volume-records.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import type {
  NodeGetVolumeStatsRequest,
  NodePublishVolumeRequest,
  NodeStageVolumeRequest,
  NodeUnpublishVolumeRequest,
  NodeUnstageVolumeRequest,
  Segments,
} from "./messages.ts";
import { publish, unpublish } from "./publish.ts";
import { stage, unstage } from "./stage.ts";
import { requireCapabilities } from "./volume-capability.ts";

const CAPABILITIES = ["STAGE_UNSTAGE_VOLUME", "GET_VOLUME_STATS"] as const;

/** What the Node service is built from. */
export interface NodeParts {
  readonly store: VolumeStore;
  readonly node: string;
  readonly segments: Segments;
  /** The cluster's records; undefined where there is no cluster. */
  readonly records: VolumeRecords | undefined;
}

/** CSI Node. Each method is one RPC. */
export interface NodeService {
  nodeStageVolume(request: NodeStageVolumeRequest): Promise<object>;
  nodeUnstageVolume(request: NodeUnstageVolumeRequest): Promise<object>;
  nodePublishVolume(request: NodePublishVolumeRequest): Promise<object>;
  nodeUnpublishVolume(request: NodeUnpublishVolumeRequest): Promise<object>;
  nodeGetVolumeStats(request: NodeGetVolumeStatsRequest): Promise<object>;
  nodeGetCapabilities(): Promise<object>;
  nodeGetInfo(): Promise<object>;
}

/** Builds the Node service on this node's store. */
export function createNode({ store, node, segments }: NodeParts): NodeService {
  return {
    nodeStageVolume: async (request) => {
      const id = required(request.volumeId, "volume_id");
      required(request.stagingTargetPath, "staging_target_path");
      requireCapabilities(request.volumeCapability === null ? [] : [request.volumeCapability]);
      await store.exclusively(id, () => stage(store, request));
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
      if ((await mountAt(volumePath)) === undefined)
        throw new CsiError("NOT_FOUND", `${id}: nothing is mounted on ${volumePath}`);
      return { usage: await measure(volumePath) };
    },
    nodeGetCapabilities: () =>
      Promise.resolve({ capabilities: CAPABILITIES.map((type) => ({ rpc: { type } })) }),
    nodeGetInfo: () => Promise.resolve({ nodeId: node, accessibleTopology: { segments } }),
  };
}

async function measure(path: string): Promise<object[]> {
  const { blocks, bfree, bavail, bsize, files, ffree } = await statfs(path);
  return [
    { unit: "BYTES", total: blocks * bsize, used: (blocks - bfree) * bsize, available: bavail * bsize },
    { unit: "INODES", total: files, used: files - ffree, available: ffree },
  ];
}

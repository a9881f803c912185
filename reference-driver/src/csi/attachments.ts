// SPDX-License-Identifier: Apache-2.0
import type { BackEnd, NodePlace, PlacedVolume } from "../back-end/back-end.ts";
import { CsiError, required } from "../grpc/csi-error.ts";
import type { KeyedLocks } from "../support/keyed-locks.ts";
import type {
  ControllerPublishVolumeRequest,
  ControllerUnpublishVolumeRequest,
  VolumeCapability,
} from "./messages.ts";
import { matches, ZONE_KEY } from "./placement.ts";
import { requireCapabilities } from "./volume-capability.ts";

/** The part of CSI Controller that attaches volumes of shared pools to nodes, each to one at a time. */
export interface Attachments {
  controllerPublishVolume(request: ControllerPublishVolumeRequest): Promise<object>;
  controllerUnpublishVolume(request: ControllerUnpublishVolumeRequest): Promise<object>;
}

/** @param maxVolumes how many volumes a node may have; 0 for no limit */
export function createAttachments(backEnd: BackEnd, locks: KeyedLocks, maxVolumes: number): Attachments {
  return {
    controllerPublishVolume: async (request) => {
      const id = required(request.volumeId, "volume_id");
      const nodeId = required(request.nodeId, "node_id");
      const capabilities = request.volumeCapability === null ? [] : [request.volumeCapability];
      requireCapabilities(capabilities);
      refuseBlock(capabilities);
      await locks.run([id], async () => {
        const volume = await backEnd.find(id);
        if (volume?.kind !== "volume") throw new CsiError("NOT_FOUND", `volume ${id} does not exist`);
        const node = (await backEnd.nodes()).find((place) => place.node === nodeId);
        if (node === undefined)
          throw new CsiError("NOT_FOUND", `node ${nodeId} has no plug-in of this driver`);
        refuse(volume, node);
        if (volume.attachedTo !== undefined) return;
        await locks.run([`attachments of ${nodeId}`], async () => {
          await requireRoom(backEnd, nodeId, maxVolumes);
          await backEnd.attach(id, nodeId);
        });
      });
      return { publishContext: {} };
    },
    controllerUnpublishVolume: async (request) => {
      const id = required(request.volumeId, "volume_id");
      const { nodeId } = request;
      await locks.run([id], async () => {
        const holder = (await backEnd.find(id))?.attachedTo;
        if (holder !== undefined && (nodeId === "" || nodeId === holder)) await backEnd.attach(id, undefined);
      });
      return {};
    },
  };
}

/** A block device that is open cannot be taken from a node, and what cannot be taken must not be given. */
export function refuseBlock(capabilities: readonly VolumeCapability[]): void {
  if (capabilities.some((capability) => capability.block))
    throw new CsiError("INVALID_ARGUMENT", "block volumes are not supported in pools that nodes share");
}

/** @throws CsiError RESOURCE_EXHAUSTED when the node has all volumes it may have */
async function requireRoom(backEnd: BackEnd, nodeId: string, maxVolumes: number): Promise<void> {
  if (maxVolumes === 0) return;
  const attached = (await backEnd.list()).filter((volume) => volume.attachedTo === nodeId).length;
  if (attached >= maxVolumes)
    throw new CsiError("RESOURCE_EXHAUSTED", `node ${nodeId} has ${String(attached)} volumes, its limit`);
}

function refuse(volume: PlacedVolume, { node, segments }: NodePlace): void {
  const { id, attachedTo } = volume;
  if (attachedTo !== undefined && attachedTo !== node)
    throw new CsiError("FAILED_PRECONDITION", `volume ${id} is attached to node ${attachedTo}`);
  if (!matches(segments, { [ZONE_KEY]: volume.node }))
    throw new CsiError("FAILED_PRECONDITION", `volume ${id} is in ${volume.node}, which node ${node} is not`);
}

// SPDX-License-Identifier: Apache-2.0
import type { BackEnd } from "../back-end/back-end.ts";
import { CsiError } from "../grpc/csi-error.ts";
import { chooseSize } from "./capacity.ts";
import type { ControllerExpandVolumeRequest } from "./messages.ts";

/** Answer of ControllerExpandVolume. */
export interface ExpandAnswer {
  readonly capacityBytes: number;
  readonly nodeExpansionRequired: boolean;
}

/** Grows a volume to the size asked for; one that is large enough stays as it is, none is ever made smaller. */
export async function expandVolume(
  backEnd: BackEnd,
  request: ControllerExpandVolumeRequest,
): Promise<ExpandAnswer> {
  const { volumeId: id, capacityRange } = request;
  if (capacityRange === null) throw new CsiError("INVALID_ARGUMENT", "capacity_range is missing");
  const volume = await backEnd.find(id);
  if (volume?.kind !== "volume") throw new CsiError("NOT_FOUND", `volume ${id} does not exist`);
  const { requiredBytes, limitBytes } = capacityRange;
  if (limitBytes > 0 && volume.bytes > limitBytes) {
    const seen = `has ${String(volume.bytes)} bytes already, limit_bytes is ${String(limitBytes)}`;
    throw new CsiError("OUT_OF_RANGE", `${id}: ${seen}`);
  }
  const enough = requiredBytes <= volume.bytes;
  if (!enough && volume.attachedTo !== undefined) {
    const why = `is attached to node ${volume.attachedTo}, and what nodes have mapped is not moved`;
    throw new CsiError("FAILED_PRECONDITION", `${id}: ${why}; it grows while no pod uses it`);
  }
  const { bytes } = enough ? volume : await backEnd.expand(id, chooseSize(capacityRange, 0));
  // A block device grows with its volume; a filesystem must be told.
  return { capacityBytes: bytes, nodeExpansionRequired: !request.volumeCapability?.block };
}

// SPDX-License-Identifier: Apache-2.0
import type { BackEnd, PlacedVolume } from "../back-end/back-end.ts";
import { CsiError, required } from "../grpc/csi-error.ts";
import type { CreateSnapshotRequest } from "./messages.ts";
import { requireNoParameters } from "./parameters.ts";
import { volumeId } from "./volume-id.ts";

/** Finds or cuts the snapshot a CreateSnapshot call names, on the node of its source. */
export async function createSnapshot(
  backEnd: BackEnd,
  request: CreateSnapshotRequest,
): Promise<PlacedVolume> {
  const csiName = required(request.name, "name");
  const sourceId = required(request.sourceVolumeId, "source_volume_id");
  requireNoParameters(request.parameters);
  const id = volumeId("snapshot", csiName);
  const existing = await backEnd.find(id);
  if (existing !== undefined) {
    if (existing.source?.id === sourceId) return existing;
    throw new CsiError(
      "ALREADY_EXISTS",
      `snapshot ${id} exists with another source, ${existing.source?.id ?? "none"}`,
    );
  }
  const source = await backEnd.find(sourceId);
  if (source?.kind !== "volume") throw new CsiError("NOT_FOUND", `volume ${sourceId} does not exist`);
  const { poolClass, bytes, node } = source;
  return backEnd.create(node, {
    id,
    kind: "snapshot",
    poolClass,
    bytes,
    csiName,
    source: { kind: "volume", id: sourceId },
  });
}

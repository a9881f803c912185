// SPDX-License-Identifier: Apache-2.0
import type { BackEnd, PlacedVolume, Site } from "../back-end/back-end.ts";
import { CsiError, required } from "../grpc/csi-error.ts";
import type { VolumeSource, VolumeSpec } from "../store/volume-spec.ts";
import { chooseSize, sizeFits } from "./capacity.ts";
import type { CreateVolumeRequest } from "./messages.ts";
import { readMutable, readPoolClass, readZones } from "./parameters.ts";
import { inZones } from "./placement.ts";
import type { choosePlace } from "./placement.ts";
import { requireCapabilities, smallestFor } from "./volume-capability.ts";
import { volumeId } from "./volume-id.ts";

/** A volume, and the pools as they were when a place was chosen for it; none for one that was there already. */
interface CreatedVolume {
  readonly volume: PlacedVolume;
  readonly sites?: readonly Site[];
}

/** Finds or cuts the volume a CreateVolume call names. */
export async function createVolume(
  backEnd: BackEnd,
  request: CreateVolumeRequest,
  choose: typeof choosePlace,
): Promise<CreatedVolume> {
  const csiName = required(request.name, "name");
  requireCapabilities(request.volumeCapabilities);
  const poolClass = readPoolClass(request.parameters);
  const readAheadKib = readMutable(request.mutableParameters);
  const source = readSource(request);
  const id = volumeId("volume", csiName);
  const [existing, sites] = await Promise.all([backEnd.find(id), backEnd.sites()]);
  if (existing !== undefined) return { volume: confirm(existing, { request, poolClass, source }) };

  const origin = source === undefined ? undefined : await findSource(backEnd, source, poolClass);
  const bytes = chooseSize(
    request.capacityRange,
    origin?.bytes ?? 0,
    smallestFor(request.volumeCapabilities),
  );
  const boundTo = origin && { node: origin.node, why: `${origin.kind} ${origin.id}` };
  const requirement = request.accessibilityRequirements;
  const wanted = { id, poolClass, bytes, requirement, boundTo };
  const place = choose(inZones(sites, readZones(request.parameters)), wanted);
  const spec: VolumeSpec = { id, kind: "volume", poolClass, bytes, source, csiName, readAheadKib };
  return { volume: await backEnd.create(place.node, spec), sites };
}

interface Wanted {
  readonly request: CreateVolumeRequest;
  readonly poolClass: string;
  readonly source: VolumeSource | undefined;
}

function readSource(request: CreateVolumeRequest): VolumeSource | undefined {
  const source = request.volumeContentSource;
  if (source === null) return undefined;
  if (source.volume) {
    const id = required(source.volume.volumeId, "volume_content_source.volume.volume_id");
    return { kind: "volume", id };
  }
  return {
    kind: "snapshot",
    id: required(source.snapshot?.snapshotId ?? "", "volume_content_source.snapshot.snapshot_id"),
  };
}

async function findSource(
  backEnd: BackEnd,
  { kind, id }: VolumeSource,
  poolClass: string,
): Promise<PlacedVolume> {
  const found = await backEnd.find(id);
  if (found?.kind !== kind) throw new CsiError("NOT_FOUND", `${kind} ${id} does not exist`);
  if (found.poolClass !== poolClass) {
    const seen = `${kind} ${id} is in a pool of class ${found.poolClass}, not ${poolClass}`;
    throw new CsiError("INVALID_ARGUMENT", `volume_content_source: ${seen}`);
  }
  return found;
}

function confirm(existing: PlacedVolume, wanted: Wanted): PlacedVolume {
  const differs = (what: string) =>
    new CsiError("ALREADY_EXISTS", `volume ${existing.id} exists with another ${what}`);
  if (!sizeFits(existing.bytes, wanted.request.capacityRange)) throw differs("size");
  if (existing.poolClass !== wanted.poolClass) throw differs("pool class");
  if (existing.source?.id !== wanted.source?.id) throw differs("content source");
  return existing;
}

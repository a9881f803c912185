// SPDX-License-Identifier: Apache-2.0
import type { PlacedVolume } from "../back-end/back-end.ts";
import type { VolumeSource } from "../store/volume-spec.ts";
import type { Segments, Snapshot, Timestamp, Volume, VolumeContentSource } from "./messages.ts";

/** A volume as CSI answers it. The topology carries every key of its node: a part of them would name a larger place. */
export function volumeAnswer(volume: PlacedVolume, segments: Segments | undefined): Volume {
  const { source } = volume;
  const contentSource = source === undefined ? {} : { contentSource: contentSourceOf(source) };
  const topology = segments === undefined ? {} : { accessibleTopology: [{ segments }] };
  return {
    volumeId: volume.id,
    capacityBytes: volume.bytes,
    volumeContext: {},
    ...contentSource,
    ...topology,
  };
}

function contentSourceOf({ kind, id }: VolumeSource): VolumeContentSource {
  return kind === "snapshot" ? { snapshot: { snapshotId: id } } : { volume: { volumeId: id } };
}

/** A snapshot as CSI answers it. */
export function snapshotAnswer(snapshot: PlacedVolume): Snapshot {
  return {
    snapshotId: snapshot.id,
    sourceVolumeId: snapshot.source?.id ?? "",
    sizeBytes: snapshot.bytes,
    creationTime: timestamp(snapshot.createdAt),
    readyToUse: snapshot.fault === undefined,
    groupSnapshotId: snapshot.group?.id ?? "",
  };
}

/** A moment as protobuf writes it. */
export function timestamp(moment: Date): Timestamp {
  const ms = moment.getTime();
  return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 };
}

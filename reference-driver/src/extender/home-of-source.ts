// SPDX-License-Identifier: Apache-2.0
import type { LogicalVolume } from "../cluster/resources.ts";
import { volumeId } from "../csi/volume-id.ts";
import type { Claim, Lookup, VolumeSnapshot } from "./objects.ts";

/** What a claim's volume starts from: the driver's record of it, and what a user calls it. */
export interface ClaimSource {
  readonly record: LogicalVolume;
  readonly what: string;
}

/**
 * Finds the volume or snapshot that a claim names as its data source. A snapshot is found by its handle, so its source
 * claim may be gone; while it has no handle yet, by the name csi-snapshotter will ask for.
 * @returns undefined for a blank volume, and as long as nothing is known of the source
 */
export function sourceOfClaim(claim: Claim, lookup: Lookup): ClaimSource | undefined {
  const reference = claim.spec?.dataSourceRef ?? claim.spec?.dataSource;
  if (reference === undefined) return undefined;
  const namespace = claim.metadata?.namespace ?? "";
  const { kind, name } = reference;
  const record =
    kind === "VolumeSnapshot"
      ? recordOfSnapshot(namespace, name, lookup)
      : kind === "PersistentVolumeClaim"
        ? recordOfClaim(namespace, name, lookup)
        : undefined;
  return record && { record, what: `${kind} ${name}` };
}

function recordOfSnapshot(namespace: string, name: string, lookup: Lookup): LogicalVolume | undefined {
  const snapshot = lookup.snapshot(namespace, name);
  if (snapshot === undefined) return undefined;
  const handle = handleOf(snapshot, lookup);
  if (handle !== undefined) return lookup.record(handle);
  const { source } = snapshot.spec;
  const asked = lookup.record(volumeId("snapshot", `snapshot-${snapshot.metadata?.uid ?? ""}`));
  if (asked !== undefined || source.persistentVolumeClaimName === undefined) return asked;
  return recordOfClaim(namespace, source.persistentVolumeClaimName, lookup);
}

function handleOf({ spec, status }: VolumeSnapshot, lookup: Lookup): string | undefined {
  const content = status?.boundVolumeSnapshotContentName ?? spec.source.volumeSnapshotContentName;
  const found = content === undefined ? undefined : lookup.snapshotContent(content);
  return found?.status?.snapshotHandle ?? found?.spec.source.snapshotHandle;
}

function recordOfClaim(namespace: string, name: string, lookup: Lookup): LogicalVolume | undefined {
  const bound = lookup.claim(namespace, name)?.spec?.volumeName;
  const handle = bound === undefined ? undefined : lookup.volume(bound)?.spec?.csi?.volumeHandle;
  return handle === undefined ? undefined : lookup.record(handle);
}

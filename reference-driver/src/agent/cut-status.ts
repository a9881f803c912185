// SPDX-License-Identifier: Apache-2.0
import type { LogicalVolume, LogicalVolumeStatus } from "../cluster/resources.ts";
import { codeOf } from "../grpc/csi-error.ts";
import { messageOf } from "../support/log.ts";
import type { StoredVolume, VolumeSpec } from "../store/volume-spec.ts";

/** What a record asks its node for. */
export function specOf({ metadata, spec }: LogicalVolume): VolumeSpec {
  const { kind, poolClass, bytes, csiName, source, group, readAheadKib } = spec;
  return { id: metadata?.name ?? "", kind, poolClass, bytes, csiName, source, group, readAheadKib };
}

/** The status a record gets for an attempt to cut it. */
export async function statusOf(attempt: () => Promise<StoredVolume>): Promise<LogicalVolumeStatus> {
  try {
    const made = await attempt();
    const { bytes, createdAt, readAheadKib } = made;
    const set = readAheadKib === undefined ? {} : { readAheadKib };
    return { phase: "Ready", bytes, createdAt: createdAt.toISOString(), ...set };
  } catch (error) {
    return { phase: "Failed", code: codeOf(error), message: messageOf(error) };
  }
}

// SPDX-License-Identifier: Apache-2.0
import { log } from "../support/log.ts";
import type { LogicalVolume } from "./resources.ts";
import type { VolumeRecords } from "./volume-records.ts";

/** Longer than any call waits for its record. */
const OLD_MS = 5 * 60_000;

/** The failed records that nobody waits for any more: whoever asked for them was killed before he could take them away. */
export function abandoned(records: readonly LogicalVolume[], now: Date): string[] {
  return records
    .filter(({ metadata, status }) => {
      const age = now.getTime() - new Date(metadata?.creationTimestamp ?? now).getTime();
      return status?.phase === "Failed" && metadata?.deletionTimestamp === undefined && age > OLD_MS;
    })
    .map((record) => record.metadata?.name ?? "");
}

/** Takes them away. */
export async function sweepFailed(records: VolumeRecords): Promise<void> {
  for (const id of abandoned(records.allSeen(), new Date())) {
    await records.resource.delete(id);
    log({ event: "failed record removed", id });
  }
}

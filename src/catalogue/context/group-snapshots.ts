// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { ReadySnapshot } from "./snapshots.ts";

interface GroupSnapshotSpec {
  /** Unique within the case. */
  readonly name: string;
  readonly of: readonly Claim[];
}

/** VolumeGroupSnapshots: several claims of a driver at one moment. */
export interface GroupSnapshots {
  /** Snapshots the claims together and waits until all is ready; resolves with a snapshot for each, in their order. */
  take(spec: GroupSnapshotSpec): Promise<readonly ReadySnapshot[]>;
}

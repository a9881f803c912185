// SPDX-License-Identifier: Apache-2.0
import type { KubeObject } from "./objects.ts";

export interface VolumeSnapshot extends KubeObject {
  readonly spec?: { readonly source?: { readonly persistentVolumeClaimName?: string } };
  readonly status?: {
    readonly readyToUse?: boolean;
    readonly creationTime?: string;
    readonly restoreSize?: string;
    readonly boundVolumeSnapshotContentName?: string;
    readonly error?: { readonly message?: string };
  };
}

export interface VolumeSnapshotContent extends KubeObject {
  readonly spec: {
    readonly driver?: string;
    readonly deletionPolicy?: string;
    readonly source?: { readonly volumeHandle?: string; readonly snapshotHandle?: string };
    readonly volumeSnapshotRef: {
      readonly namespace?: string;
      readonly name?: string;
      readonly uid?: string;
    };
  };
  readonly status?: {
    readonly snapshotHandle?: string;
    readonly readyToUse?: boolean;
    /** Bytes. */
    readonly restoreSize?: number;
  };
}

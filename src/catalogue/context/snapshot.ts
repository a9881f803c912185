// SPDX-License-Identifier: Apache-2.0

/** A VolumeSnapshot this case took. */
export interface Snapshot {
  readonly kind: "VolumeSnapshot";
  readonly name: string;
  readonly uid: string;
  /** When it was asked for, milliseconds since 1970. */
  readonly askedAt: number;
}

// SPDX-License-Identifier: Apache-2.0
import type { VolumeMode } from "./modes.ts";

/** A claim this case made. */
export interface Claim {
  readonly name: string;
  readonly uid: string;
  /** `Filesystem` when left out. */
  readonly mode?: VolumeMode;
}

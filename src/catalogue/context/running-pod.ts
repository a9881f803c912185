// SPDX-License-Identifier: Apache-2.0
import type { VolumeMode } from "./modes.ts";

/** A pod of this case that became Ready. */
export interface RunningPod {
  readonly name: string;
  readonly uid: string;
  /** `spec.nodeName`. */
  readonly node: string;
  /** Name of the claim at `/data`, or at `/dev/data` for a block volume. */
  readonly claim?: string;
  /** Of that claim; `Filesystem` when left out. */
  readonly mode?: VolumeMode;
}

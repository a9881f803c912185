// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { RunningPod } from "./running-pod.ts";

/** How full a mounted volume is, bytes. */
export interface VolumeUsage {
  readonly totalBytes: number;
  /** Free for an ordinary user. */
  readonly freeBytes: number;
}

/** How full volumes are said to be. */
export interface Stats {
  /** What `statfs` says in the pod. */
  measured(pod: RunningPod): Promise<VolumeUsage>;
  /** Waits until the kubelet's summary of the pod's claim says what `statfs` says in the pod. */
  untilReported(pod: RunningPod, claim: Claim): Promise<void>;
}

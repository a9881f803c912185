// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { RunningPod } from "./running-pod.ts";

/** The file system of a pod's volume, handled on the pod's node. */
export interface FileSystems {
  /**
   * Simulates a power cut where nodes share a kernel, whose memory no node can lose alone: from this moment nothing of the
   * file system that is only in memory reaches the device, its log included, and every call fails. What a real cut would
   * take from a cache of the device itself is not lost.
   */
  shutDown(pod: RunningPod, claim: Claim): Promise<void>;
  /** Waits until the volume of a pod that is gone is mounted on its node no more: the next pod has it mounted anew. */
  untilUnmounted(pod: RunningPod, claim: Claim): Promise<void>;
}

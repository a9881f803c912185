// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { RunningPod } from "./running-pod.ts";

/** Claims that ask for more. */
export interface Growth {
  /** Asks for so many MiB and does not wait. */
  ask(claim: Claim, megabytes: number): Promise<void>;
  /** Waits until the volume has grown and its filesystem is what is left to grow: a node has to do that. */
  untilFileSystemWaits(claim: Claim): Promise<void>;
  /** Waits until the claim's status says that it has the size, and nothing of its growth is left to do. */
  untilDone(claim: Claim, megabytes: number): Promise<void>;
  /** {@link untilDone} of a claim in use, whose filesystem the pod's kubelet grows. */
  untilDoneUnder(pod: RunningPod, claim: Claim, megabytes: number): Promise<void>;
  /** Asks for less. @throws CheckFailed when that is not refused at once. */
  refusesLess(claim: Claim, megabytes: number): Promise<void>;
}

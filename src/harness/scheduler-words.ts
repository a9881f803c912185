// SPDX-License-Identifier: Apache-2.0
import type { PendingReason } from "../catalogue/context/waiting.ts";

/**
 * What kube-scheduler writes into a pod's PodScheduled condition for each reason, in the releases the kit knows
 * (pkg/scheduler/framework/plugins/{volumebinding,volumezone,volumerestrictions,nodevolumelimits}, 1.30 to 1.36).
 */
const words: Readonly<Record<PendingReason, RegExp>> = {
  "volume-affinity":
    /didn't match PersistentVolume's node affinity|volume node affinity conflict|didn't satisfy plugin\(s\) \[[^\]]*VolumeBinding/,
  "volume-zone": /had no available volume zone/,
  "no-volume": /didn't find available persistent volumes to bind/,
  "no-room": /did not have enough free storage|not enough room in pool/,
  "too-many-volumes": /exceed max volume count/,
  "claim-unbound": /unbound immediate PersistentVolumeClaims/,
  "claim-in-use": /ReadWriteOncePod access mode already in-use/,
};

/** Whether the scheduler's message gives this reason. */
export function saysReason(message: string, reason: PendingReason): boolean {
  return words[reason].test(message);
}

// SPDX-License-Identifier: Apache-2.0
import type { Pod } from "./objects.ts";

/** A node's kubelet cannot get the image of a pod. */
export interface PullFailure {
  readonly words: string;
  /** No other attempt can help. */
  readonly isFinal: boolean;
}

const finalReasons = new Set(["InvalidImageName", "ErrImageNeverPull"]);
const reasons = new Set([...finalReasons, "ErrImagePull", "ImagePullBackOff", "RegistryUnavailable"]);

/** Why a container of a pod waits for its image; undefined when none does, or when the kubelet only begins to pull. */
export function whyPullFails({ status }: Pod): PullFailure | undefined {
  for (const { state } of status?.containerStatuses ?? []) {
    const { reason = "", message = "" } = state?.waiting ?? {};
    if (reasons.has(reason)) return { words: `${reason}: ${message}`, isFinal: finalReasons.has(reason) };
  }
  return undefined;
}

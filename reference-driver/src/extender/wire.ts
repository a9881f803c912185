// SPDX-License-Identifier: Apache-2.0
import type { Pod } from "./objects.ts";

/** What kube-scheduler sends for a nodeCacheCapable extender. Go's names, as it marshals them. Source: kube-scheduler extender/v1. */
export interface ExtenderArgs {
  readonly pod: Pod;
  readonly nodeNames: readonly string[];
}

/** Answer to `filter`. */
export interface FilterResult {
  readonly NodeNames: readonly string[];
  /** Node to reason; preempting pods would not help, as it frees no volume. */
  readonly FailedAndUnresolvableNodes: Readonly<Record<string, string>>;
}

/** One entry of the answer to `prioritize`; scores go from 0 to 10. */
export interface HostPriority {
  readonly Host: string;
  readonly Score: number;
}

/** kube-scheduler's MaxExtenderPriority. */
export const HIGHEST_SCORE = 10;

/** @throws Error that says what is wrong with the request */
export function parseArgs(text: string): ExtenderArgs {
  const content = JSON.parse(text) as { Pod?: unknown; NodeNames?: unknown };
  if (typeof content.Pod !== "object" || content.Pod === null) throw new Error("Pod: an object is expected");
  if (!Array.isArray(content.NodeNames) || !content.NodeNames.every((name) => typeof name === "string"))
    throw new Error(
      "NodeNames: a list of texts is expected; set nodeCacheCapable: true in the scheduler's configuration",
    );
  return { pod: content.Pod, nodeNames: content.NodeNames };
}

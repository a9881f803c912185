// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { NodeView } from "./nodes.ts";
import type { PodManner } from "./pod-manner.ts";
import type { RunningPod } from "./running-pod.ts";
import type { CreatedPod, PendingReason } from "./waiting.ts";

export interface PodSpec {
  readonly name: string;
  /** Mounted at `/data`; a block volume is the device `/dev/data`. */
  readonly claim?: Claim;
  /** More claims, mounted at `/data-1`, `/data-2`, … */
  readonly also?: readonly Claim[];
  /** Name of the only node that will do. */
  readonly on?: string;
  /** Names of the only nodes that will do. */
  readonly among?: readonly string[];
  readonly manner?: PodManner;
  /** Node labels the pod insists on. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Pods it is never to share a node with. */
  readonly apartFrom?: readonly CreatedPod[];
  /** Name of the node it is placed on if that is possible. */
  readonly prefers?: string;
}

export interface Pods {
  start(spec: PodSpec): Promise<RunningPod>;
  /** Creates a pod and does not wait for it. */
  create(spec: PodSpec): Promise<CreatedPod>;
  /** Waits until the scheduler says that it cannot place the pod and why, and proves that the pod has no node. */
  staysPending(pod: CreatedPod, reason: PendingReason): Promise<void>;
  /**
   * Waits until exactly so many of the pods are Ready and the scheduler leaves all others Pending for the reason given;
   * returns those that are Ready.
   * @throws CheckFailed as soon as more are Ready.
   */
  settled(
    pods: readonly CreatedPod[],
    expected: { readonly running: number; readonly reason: PendingReason },
  ): Promise<readonly RunningPod[]>;
  /** Deletes the pod and waits until it is gone, its volumes unmounted. */
  delete(pod: CreatedPod): Promise<void>;
  /** Asks for the pod's deletion and does not wait. */
  requestDeletion(pod: CreatedPod): Promise<void>;
  /** Waits until a pod being deleted is gone, its volumes unmounted. */
  untilGone(pod: CreatedPod): Promise<void>;
  /** Waits for a pod someone else makes, such as a StatefulSet. */
  untilReady(name: string): Promise<RunningPod>;
  /** Fills nodes with idle pods that set CPU aside, so that the scheduler prefers every other node. */
  crowd(nodes: readonly NodeView[]): Promise<void>;
}

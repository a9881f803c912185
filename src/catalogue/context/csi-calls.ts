// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { NodeView } from "./nodes.ts";
import type { RunningPod } from "./running-pod.ts";

/** A message of csi.proto: lower-camel names, enums by name, 64-bit numbers as text. */
export type CsiMessage = Readonly<Record<string, unknown>>;

/** What the driver answered to a call. */
export interface CsiAnswer {
  /** Name of the gRPC status: `OK`, `NOT_FOUND`, … */
  readonly code: string;
  readonly message: string;
  readonly response: CsiMessage;
}

export interface NewVolumeSpec {
  /** The call's `name`, unique within the case. */
  readonly name: string;
  readonly megabytes: number;
  /** Where it is to be made. */
  readonly node: NodeView;
}

/** The paths of a claim's volume in a pod, as the kubelet chose them, and what it asked of the driver. */
export interface PublishedVolume {
  readonly stage: CsiMessage;
  readonly publish: CsiMessage;
  readonly unpublish: CsiMessage;
  /** Path on the node where the driver published. */
  readonly targetPath: string;
}

/** Calls made on the driver's own sockets, as a sidecar or a kubelet would repeat them. */
export interface CsiCalls {
  /** @param times How often, at once; answers in any order. */
  controller(method: string, request: CsiMessage, times?: number): Promise<readonly CsiAnswer[]>;
  /** On the node plug-in of that node. */
  node(node: string, method: string, request: CsiMessage, times?: number): Promise<readonly CsiAnswer[]>;
  /** A CreateVolume request with the parameters of the profile's class and the node's topology. */
  createVolumeRequest(spec: NewVolumeSpec): Promise<CsiMessage>;
  /** The node calls that the kubelet made for a running pod's claim, ready to be repeated. */
  published(pod: RunningPod, claim: Claim): Promise<PublishedVolume>;
  /**
   * Options of the mounts at a path, in all mount namespaces of a node: the read-only flag that a driver in a container gives
   * to a mount stays in its own.
   */
  mountOptionsAt(node: string, path: string): Promise<readonly (readonly string[])[]>;
  /** Mounts on a node whose mount point is this path or below it: one for each layer. */
  mountsAt(node: string, path: string): Promise<readonly string[]>;
}

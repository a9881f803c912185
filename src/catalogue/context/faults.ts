// SPDX-License-Identifier: Apache-2.0

/** What happens to calls of one method between a sidecar and the controller plug-in. */
export interface CallRule {
  /** `CreateVolume`. */
  readonly method: string;
  /**
   * lose-answer: the driver does the work, the sidecar hears that the connection broke.
   * fail: the driver is not asked, the sidecar gets the code.
   * duplicate: the driver gets the request twice at once.
   * hold: the driver does the work, its answer waits until the rules change, and is lost when the next one says so.
   */
  readonly action: "lose-answer" | "fail" | "duplicate" | "hold";
  /** gRPC status number, for fail; 14 (UNAVAILABLE) when left out. */
  readonly code?: number;
  /** How many calls it is for; all when left out. */
  readonly times?: number;
}

/** A call as the relay saw it. */
export interface RelayedCall {
  readonly method: string;
  readonly action: CallRule["action"] | "pass";
  /** gRPC status number of the driver's answer, as text. */
  readonly status?: string;
}

/** Stands between the sidecars and the driver's controller plug-in; clean-up takes it out again. */
export interface Relay {
  /** Replaces the rules; none lets everything pass. */
  rules(rules: readonly CallRule[]): Promise<void>;
  /** Waits until the driver has answered so many calls of a method since the relay was started. */
  untilAnswered(method: string, count: number): Promise<void>;
  calls(): Promise<readonly RelayedCall[]>;
}

export type NodeService = "kubelet" | "containerd";

/** Harm done on purpose; only for cases that run alone. */
export interface Faults {
  /** Puts a relay into the driver's controller pod, which is started anew for it. */
  relay(): Promise<Relay>;
  /** Kills the driver's own container of the controller pod with SIGKILL. */
  killController(): Promise<void>;
  /** Kills the driver's own container on a node with SIGKILL. */
  killNodePlugin(node: string): Promise<void>;
  /** Waits until the killed containers run again and their pods are Ready. */
  untilRecovered(): Promise<void>;
  stopService(node: string, service: NodeService): Promise<void>;
  /** Starts it and waits until the node is Ready. */
  startService(node: string, service: NodeService): Promise<void>;
}

// SPDX-License-Identifier: Apache-2.0
import type { RunningPod } from "./running-pod.ts";

/** A node switched off and on; clean-up gives back what is left without power or service. */
export interface Power {
  /** Takes the power away: nothing on the node is told. */
  cut(node: string): Promise<void>;
  /** Waits until the API says that the node is not Ready: its kubelet has been silent for too long. */
  untilMissed(node: string): Promise<void>;
  /** Gives power and service back, and waits until the node is Ready and the driver's plug-in runs there. */
  restore(node: string): Promise<void>;
  /** Waits until a pod that stayed bound to its node runs there again, in new containers. */
  untilRunsAgain(pod: RunningPod): Promise<void>;
  /** Says that the node is out of service, by the taint: its pods are removed without its word, its volumes are detached. */
  giveUp(node: string): Promise<void>;
}

// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { BindingMode } from "./modes.ts";
import type { NodeView } from "./nodes.ts";
import type { RunningPod } from "./running-pod.ts";
import type { TopologyTerm } from "./classes.ts";

/** What the placement oracle found, all of it agreeing. */
export interface AgreedPlacement {
  readonly node: string;
  readonly zone?: string;
  readonly rack?: string;
  /** The back end's id of the volume. */
  readonly handle: string;
}

export interface Placing {
  /**
   * Compares every witness of where pod and volume are: the pod's node, its labels, CSINode, each key of the
   * PersistentVolume's nodeAffinity, `selected-node` (delayed binding) and the node whose back end holds the volume.
   * @throws CheckFailed with all of it in words when they disagree.
   */
  agrees(where: {
    readonly pod: RunningPod;
    readonly claim: Claim;
    readonly binding: BindingMode;
  }): Promise<AgreedPlacement>;
  /** The node whose back end holds a bound claim's volume, though no pod uses it yet. */
  ofDisk(claim: Claim): Promise<NodeView>;
  /** The node of {@link ofDisk}, once the PersistentVolume's nodeAffinity names its domain, exactly, key by key. */
  diskAgrees(claim: Claim): Promise<NodeView>;
  /** The workers that reach a volume of this node, itself among them: those of its domain by all the driver's keys. */
  reach(node: NodeView): readonly NodeView[];
  /** Allowed topologies of a class whose volumes are to be in the domains of these nodes. */
  terms(nodes: readonly NodeView[]): readonly TopologyTerm[];
  /** The node's CSINode names exactly the profile's topology keys for the driver, and the node has a label for each. */
  advertised(node: NodeView): Promise<void>;
}

// SPDX-License-Identifier: Apache-2.0
import type { Segments } from "../csi/messages.ts";

/** Node that holds the bytes a new volume starts from; nothing else can reach them but where its pool is reached. */
interface Home {
  readonly node: string;
  /** What is there, for the reason that a user reads. */
  readonly what: string;
}

/** A volume that a pod needs and that is still to be cut. */
export interface Demand {
  /** Id the driver will give the volume. */
  readonly volumeId: string;
  /** `namespace/name` of the claim. */
  readonly claim: string;
  readonly driverName: string;
  readonly poolClass: string;
  readonly bytes: number;
  readonly home: Home | undefined;
}

/** A pool as its NodeLocalStorage object reports it; sizes in bytes. */
export interface PoolView {
  readonly name: string;
  readonly driverName: string;
  readonly node: string;
  readonly poolClass: string;
  /** Nodes whose labels have all of these reach the pool. */
  readonly segments: Segments;
  readonly capacityBytes: number;
  readonly availableBytes: number;
  readonly largestVolumeBytes: number;
  /** Ids of the volumes that the figures above hold already. */
  readonly volumes: ReadonlySet<string>;
  /** When the pool was last heard of. */
  readonly heartbeat: Date;
}

/** Space that is promised on a node, but that no pool's figures hold yet. */
export interface Assumed {
  readonly volumeId: string;
  readonly driverName: string;
  readonly poolClass: string;
  readonly node: string;
  readonly bytes: number;
}

/** A node as far as pools are concerned. */
export interface NodeView {
  readonly name: string;
  readonly labels: Segments;
}

// SPDX-License-Identifier: Apache-2.0
import type { Segments } from "../csi/messages.ts";
import type { StoredVolume, VolumeSpec } from "../store/volume-spec.ts";

/** A pool of some node, as placement sees it; sizes in bytes. */
export interface Site {
  readonly node: string;
  readonly poolClass: string;
  /** All topology keys of the node with their values. */
  readonly segments: Segments;
  readonly availableBytes: number;
  readonly largestVolumeBytes: number;
}

/** A volume and the node that holds its bytes. */
export interface PlacedVolume extends StoredVolume {
  readonly node: string;
}

/** What the CSI Controller service stands on: volumes and snapshots somewhere behind it. */
export interface BackEnd {
  sites(): Promise<Site[]>;
  /** Cuts a volume or snapshot on a node; the same id again gives the one that is there. */
  create(node: string, spec: VolumeSpec): Promise<PlacedVolume>;
  /** Removes a volume or snapshot; one that is not there is removed already. */
  delete(id: string): Promise<void>;
  find(id: string): Promise<PlacedVolume | undefined>;
  list(): Promise<PlacedVolume[]>;
}

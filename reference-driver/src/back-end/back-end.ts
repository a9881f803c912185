// SPDX-License-Identifier: Apache-2.0
import type { Segments } from "../csi/messages.ts";
import type { StoredVolume, VolumeSpec } from "../store/volume-spec.ts";

/** A node whose agent has been silent for longer gets no new volumes, and its volumes count as abnormal. */
export const SILENCE_MS = 60_000;

/** A pool of some node, as placement sees it; sizes in bytes. */
export interface Site {
  readonly node: string;
  readonly poolClass: string;
  /** All topology keys of the node with their values. */
  readonly segments: Segments;
  readonly availableBytes: number;
  readonly largestVolumeBytes: number;
  /** Ids of the volumes and snapshots that are really in the volume group. */
  readonly holds: ReadonlySet<string>;
  /** When the pool's figures were taken. */
  readonly reportedAt: Date;
}

/** A node and where it is. */
export interface NodePlace {
  readonly node: string;
  readonly segments: Segments;
}

/** A volume and the node that holds its bytes. */
export interface PlacedVolume extends StoredVolume {
  readonly node: string;
}

/** A snapshot of a group that is to be cut, and the node of its source. */
export interface GroupMember {
  readonly node: string;
  readonly spec: VolumeSpec;
}

/** What the CSI Controller service stands on: volumes and snapshots somewhere behind it. */
export interface BackEnd {
  /** The pools as they are, or, for who asks often, as a watch last saw them: a moment behind at most. */
  sites(how?: "seen"): Promise<Site[]>;
  /** Cuts a volume or snapshot on a node; the same id again gives the one that is there. */
  create(node: string, spec: VolumeSpec): Promise<PlacedVolume>;
  /** Grows a volume to at least this size. RESOURCE_EXHAUSTED when its node has no room for it. */
  expand(id: string, bytes: number): Promise<PlacedVolume>;
  /** Cuts a group's snapshots at one moment, all or none. What an attempt cut off has left of the group is not used. */
  createGroup(members: readonly GroupMember[]): Promise<PlacedVolume[]>;
  /** Removes all of a group, the incomplete too. */
  deleteGroup(groupId: string): Promise<void>;
  /** The nodes that can have volumes attached, with their topology. */
  nodes(): Promise<NodePlace[]>;
  /** Attaches a volume to one node, or to none; when this returns no other node can write to it. */
  attach(id: string, node: string | undefined): Promise<void>;
  /** Sets how far the kernel reads ahead on a volume. NOT_FOUND when there is none. */
  setReadAhead(id: string, kib: number): Promise<void>;
  /** Removes a volume or snapshot; one that is not there is removed already. */
  delete(id: string): Promise<void>;
  find(id: string): Promise<PlacedVolume | undefined>;
  list(): Promise<PlacedVolume[]>;
}

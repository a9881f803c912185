// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "./claim.ts";
import type { NodeView } from "./nodes.ts";
import type { DerivedClass } from "./classes.ts";

export interface StaticDiskSpec {
  /** Unique within the case. */
  readonly name: string;
  readonly node: NodeView;
  readonly megabytes: number;
}

/** Something mounted in the discoverer's folder of a node; it is taken away after the case. */
export interface StaticDisk {
  readonly node: NodeView;
  /** Its mount point on the node. */
  readonly path: string;
}

/** The PersistentVolume that a discoverer made of a disk. */
export interface OfferedVolume {
  readonly name: string;
  readonly uid: string;
  readonly bytes: number;
  /** Hostnames that its nodeAffinity admits; undefined when it admits nodes by anything else. */
  readonly hostnames: readonly string[] | undefined;
}

/** Local volumes that nobody provisions: a discoverer finds them. */
export interface StaticDisks {
  /** The class they are offered in; it waits for pods. */
  readonly class: DerivedClass<"delayed">;
  /** Mounts an empty file system of memory in the discoverer's folder. */
  add(spec: StaticDiskSpec): Promise<StaticDisk>;
  /** Waits until the disk is offered as an Available volume, another one than `before`. */
  untilOffered(disk: StaticDisk, before?: OfferedVolume): Promise<OfferedVolume>;
  /** Name of the volume that a bound claim has. */
  volumeOf(claim: Claim): Promise<string | undefined>;
}

// SPDX-License-Identifier: Apache-2.0
import type { RunningPod } from "./running-pod.ts";

/** What a volume is made to hold: the kit computes the bytes from this and never reads them from the volume. */
export interface Contents {
  /** Whose data it is; two volumes that must not be mistaken for each other have different owners. */
  readonly owner: string;
  /** Counts up with each overwrite. */
  readonly generation: number;
}

/** {@link Contents} as a run of self-describing 4 KiB blocks: one file, or the start of a block volume. */
export interface BlockContents extends Contents {
  readonly megabytes: number;
}

/** How large a volume is, measured inside the pod. */
interface VolumeSize {
  readonly kind: "filesystem" | "device";
  readonly bytes: number;
}

/** What is in a volume, written and read by a program inside the pod. */
export interface Data {
  writeBlocks(pod: RunningPod, contents: BlockContents): Promise<void>;
  /** Every block must be exactly what {@link BlockContents} says. */
  expectBlocks(pod: RunningPod, contents: BlockContents): Promise<void>;
  /** Makes the file tree of this generation: what an earlier one left is overwritten or deleted. */
  writeTree(pod: RunningPod, contents: Contents): Promise<void>;
  /** Names, kinds, sizes, modes, times and bytes must be those of this generation, and nothing else may be there. */
  expectTree(pod: RunningPod, contents: Contents): Promise<void>;
  /** A block volume nobody wrote to reads as zeros from the first to the last byte. */
  expectBlank(pod: RunningPod): Promise<void>;
  /** What `statfs` says of a mounted volume, sysfs of a device; never what the API says. */
  size(pod: RunningPod): Promise<VolumeSize>;
}

// SPDX-License-Identifier: Apache-2.0
import type { RunningPod } from "./running-pod.ts";

/** How a volume is mounted, as the kernel tells it inside the pod. */
export interface MountView {
  readonly fileSystem: string;
  /** Of the mount and of the file system together: `rw`, `noatime`, … */
  readonly options: readonly string[];
}

/** Who owns a file. */
export interface Ownership {
  readonly user: number;
  readonly group: number;
  /** Permission bits in octal, `2775`. */
  readonly mode: string;
}

/** What happened when a file system was filled up. */
export interface FillReport {
  /** Bytes written before it was full. */
  readonly written: number;
  /** Name of the error that ended it. */
  readonly error: string;
  /** Free for ordinary users after the file was removed, bytes. */
  readonly freeAfter: number;
}

/** The mounted file system, seen from inside the pod. Paths are relative to the volume. */
export interface Files {
  mount(pod: RunningPod): Promise<MountView>;
  /** @throws CheckFailed when a write is anything but refused with EROFS. */
  refusesWrites(pod: RunningPod): Promise<void>;
  /** @throws CheckFailed when a synced write succeeds: of a volume that was taken from the pod's node. */
  isCutOff(pod: RunningPod): Promise<void>;
  /** Of the volume's own folder, or of something in it. */
  ownership(pod: RunningPod, path?: string): Promise<Ownership>;
  /** Writes a small file as the pod's user, and syncs it. */
  write(pod: RunningPod, path: string, text: string): Promise<void>;
  /** Writes over the first bytes of a file and does not sync them. */
  overwrite(pod: RunningPod, path: string, text: string): Promise<void>;
  read(pod: RunningPod, path: string): Promise<string>;
  /** Names in the volume's own folder, without what the file system itself puts there; sorted. */
  names(pod: RunningPod): Promise<readonly string[]>;
  /** Writes a file until there is no room, and removes it. */
  fill(pod: RunningPod): Promise<FillReport>;
}

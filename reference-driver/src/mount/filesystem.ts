// SPDX-License-Identifier: Apache-2.0

/** A kind of filesystem the driver makes, mounts and grows. */
export interface Filesystem {
  readonly name: string;
  /** Size in bytes of the smallest volume it can be made on. */
  readonly smallestBytes: number;
  /** Mount options that every volume needs. */
  readonly mountFlags: readonly string[];
  /** Makes one, whatever was there. The device reads as zeros already, so nothing is discarded. */
  make(device: string): Promise<void>;
  /** Grows one that is not mounted to its device; nothing happens when it fills it, or when it can only grow mounted. */
  growUnmounted(device: string): Promise<void>;
  /** Grows one that is mounted to its device. FAILED_PRECONDITION when that cannot be done here while it is mounted. */
  growMounted(device: string, target: string): Promise<void>;
}

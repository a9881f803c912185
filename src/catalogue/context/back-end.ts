// SPDX-License-Identifier: Apache-2.0

/** A volume or snapshot as the node that holds it lists it. */
export interface BackEndItem {
  readonly id: string;
  readonly node: string;
}

export interface BackEnd {
  list(): Promise<readonly BackEndItem[]>;
  /** Whether any node holds a volume or snapshot of this id now. */
  holds(handle: string): Promise<boolean>;
  /**
   * Proves that what the back end holds now and did not hold `before` belongs to PersistentVolumes or snapshots of
   * the API: nothing was made behind its back. Other cases may be making volumes meanwhile.
   */
  nothingUnknownSince(before: readonly BackEndItem[]): Promise<void>;
}

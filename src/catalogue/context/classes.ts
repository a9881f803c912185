// SPDX-License-Identifier: Apache-2.0
import type { BindingMode } from "./modes.ts";

/** A StorageClass this case derived from one of the profile's. */
export interface DerivedClass<B extends BindingMode = BindingMode> {
  /** Name of the StorageClass object. */
  readonly name: string;
  readonly binding: B;
}

/** One topology term of a class: each key with the values it admits. */
export type TopologyTerm = Readonly<Record<string, readonly string[]>>;

/** What differs from the profile's class. What is left out is copied. */
interface ClassChanges {
  /** `csi.storage.k8s.io/fstype`. */
  readonly fsType?: string;
  readonly reclaimPolicy?: "Delete" | "Retain";
  readonly allowVolumeExpansion?: boolean;
  readonly mountOptions?: readonly string[];
  /** Replaces the class's own. A volume fits when one of the terms fits. */
  readonly allowedTopologies?: readonly TopologyTerm[];
  /** Volumes are made by hand alone: the class has no provisioner and binds at once. */
  readonly byHand?: boolean;
  /** Added to the class's own. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface ClassSpec<B extends BindingMode> extends ClassChanges {
  /** Unique within the case. */
  readonly name: string;
  /** The profile's class that is copied. */
  readonly of: B;
}

/** Classes of a case's own; they are removed after it. */
export interface Classes<B extends BindingMode> {
  derive<C extends B>(spec: ClassSpec<C>): Promise<DerivedClass<C>>;
}

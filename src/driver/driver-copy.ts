// SPDX-License-Identifier: Apache-2.0
import type { NewObject } from "../kube/objects.ts";
import type { DriverProfile } from "./profile.ts";

/** Objects with this label serve all copies of a driver; only the driver itself brings them. */
const sharedLabel = "seaworthy.dev/shared";

/** Kinds without a namespace whose names must differ between copies. */
const clusterKinds: readonly string[] = [
  "ClusterRole",
  "ClusterRoleBinding",
  "Namespace",
  "PriorityClass",
  "StorageClass",
  "VolumeAttributesClass",
  "VolumeGroupSnapshotClass",
  "VolumeSnapshotClass",
];

/** Parts of a profile that say nothing about names in the cluster. */
const untouched: readonly string[] = [
  "build",
  "images",
  "manifests",
  "kustomize",
  "mutants",
  "features",
  "url",
  "topologyKeys",
];

/** A copy of a driver in the same cluster: same programs, but its own driver name, namespace and classes. */
export interface DriverCopy {
  readonly profile: DriverProfile;
  /** The driver's objects under the copy's names; what all copies share is left out. */
  objects(original: readonly NewObject[]): NewObject[];
}

/**
 * Names a copy of a driver. Copies do not see each other's volumes as long as the driver keeps them apart by its own name.
 * @param name lower-case letters, digits and hyphens; goes in front of the driver name and behind all others
 */
export function copyDriver(name: string, profile: DriverProfile, objects: readonly NewObject[]): DriverCopy {
  const { driver } = profile.spec;
  const names = new Map(
    objects
      .filter((object) => clusterKinds.includes(object.kind) && !isShared(object))
      .map((object) => [object.metadata.name, `${object.metadata.name}-${name}`]),
  );
  const inText = new RegExp(`(?<![\\w.-])${driver.name.replaceAll(".", "\\.")}(?![\\w-]|\\.\\w)`, "g");
  const copyName = `${name}.${driver.name}`;
  const text = (value: string): string => names.get(value) ?? value.replaceAll(inText, copyName);
  return {
    profile: { ...profile, spec: renameIn(profile.spec, text, untouched) },
    objects: (original) =>
      original.filter((object) => !isShared(object)).map((object) => renameObject(object, text)),
  };
}

function renameObject(object: NewObject, text: (value: string) => string): NewObject {
  if (object.kind === "CustomResourceDefinition") return object;
  // an API group, or the registry of an image, may be called like the driver
  return renameIn(object, text, ["apiVersion", "apiGroup", "rules", "image"]);
}

function isShared(object: NewObject): boolean {
  return object.metadata.labels?.[sharedLabel] === "true";
}

function renameIn<T>(value: T, text: (value: string) => string, skipped: readonly string[]): T {
  if (typeof value === "string") return text(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => renameIn(one, text, skipped)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => [
    key,
    skipped.includes(key) ? inner : renameIn(inner, text, skipped),
  ]);
  return Object.fromEntries(entries) as T;
}

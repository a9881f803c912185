// SPDX-License-Identifier: Apache-2.0
import type { NewObject } from "../kube/objects.ts";
import type { DriverProfile } from "./profile.ts";

type Spec = DriverProfile["spec"];

/** What a StorageClass is for. */
export type ClassRole = keyof Spec["storageClasses"];

/** When volumes of a role's class are bound. */
export const bindingModes = {
  delayed: "WaitForFirstConsumer",
  immediate: "Immediate",
} as const satisfies Readonly<Record<ClassRole, string>>;

/** Name of a role's class, whichever way the profile gives it; undefined when it gives none. */
export function storageClassName(profile: DriverProfile, role: ClassRole): string | undefined {
  const given = profile.spec.storageClasses[role];
  if (given === undefined || typeof given === "string") return given;
  return given.manifest?.metadata.name ?? `${profile.spec.driver.name}-${role}`;
}

/** Name of the VolumeSnapshotClass, whichever way the profile gives it. */
export function snapshotClassName(profile: DriverProfile): string | undefined {
  const given = profile.spec.snapshotClass;
  if (given === undefined || typeof given === "string") return given;
  return given.manifest?.metadata.name ?? profile.spec.driver.name;
}

/** The classes that the kit has to make, because the profile holds them whole or in parts. */
export function classObjects(profile: DriverProfile): NewObject[] {
  const roles = Object.keys(profile.spec.storageClasses) as ClassRole[];
  return [...roles.flatMap((role) => storageClassObject(profile, role)), ...snapshotClassObject(profile)];
}

function storageClassObject(profile: DriverProfile, role: ClassRole): NewObject[] {
  const given = profile.spec.storageClasses[role];
  if (given === undefined || typeof given === "string") return [];
  const { manifest, parameters, ...rest } = given;
  if (manifest !== undefined) return [manifest];
  const fstype = profile.spec.filesystems[0] ?? "ext4";
  return [
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: storageClassName(profile, role) ?? "" },
      provisioner: profile.spec.driver.name,
      volumeBindingMode: bindingModes[role],
      ...rest,
      parameters: { "csi.storage.k8s.io/fstype": fstype, ...parameters },
    },
  ];
}

function snapshotClassObject(profile: DriverProfile): NewObject[] {
  const given = profile.spec.snapshotClass;
  if (given === undefined || typeof given === "string") return [];
  const { manifest, deletionPolicy = "Delete", parameters } = given;
  if (manifest !== undefined) return [manifest];
  return [
    {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: { name: profile.spec.driver.name },
      driver: profile.spec.driver.name,
      deletionPolicy,
      ...(parameters === undefined ? {} : { parameters }),
    },
  ];
}

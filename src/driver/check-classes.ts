// SPDX-License-Identifier: Apache-2.0
import type { KubeClient } from "../kube/kube-client.ts";
import type { StorageClass } from "../kube/objects.ts";
import { resources } from "../kube/resources.ts";
import { KitError } from "../support/errors.ts";
import type { DriverProfile } from "./profile.ts";
import { bindingModes, type ClassRole, snapshotClassName, storageClassName } from "./profile-objects.ts";

/**
 * Compares the classes in the cluster with what the profile says of them: a class of another driver would test that one.
 * @throws KitError `CLASSES_WRONG` of kind `usage`, with every difference
 */
export async function checkClasses(
  kube: KubeClient,
  profile: DriverProfile,
  profileFile: string,
): Promise<void> {
  const roles = Object.keys(profile.spec.storageClasses) as ClassRole[];
  const found = await Promise.all([
    ...roles.map((role) => checkStorageClass(kube, profile, role)),
    checkSnapshotClass(kube, profile),
  ]);
  const problems = found.flat();
  if (problems.length === 0) return;
  throw new KitError("CLASSES_WRONG", `${profileFile}: ${problems.join("; ")}`, {
    kind: "usage",
    hint: "correct spec.storageClasses and spec.snapshotClass in the profile, or the classes in the cluster",
  });
}

/** What is wrong with a StorageClass for its role, in words. */
export function judgeStorageClass(
  found: StorageClass | undefined,
  role: ClassRole,
  driver: string,
): string[] {
  if (found === undefined) return ["the cluster has no such class"];
  const mode = found.volumeBindingMode ?? "Immediate";
  return [
    ...(found.provisioner === driver
      ? []
      : [`its provisioner is ${found.provisioner}, the driver is ${driver}`]),
    ...(mode === bindingModes[role]
      ? []
      : [`its volumeBindingMode is ${mode}, expected ${bindingModes[role]}`]),
  ];
}

async function checkStorageClass(
  kube: KubeClient,
  profile: DriverProfile,
  role: ClassRole,
): Promise<string[]> {
  const name = storageClassName(profile, role);
  if (name === undefined) return [];
  const found = await kube.find(resources.storageClasses, { name });
  return judgeStorageClass(found, role, profile.spec.driver.name).map(
    (words) => `storageClasses.${role} is ${name}: ${words}`,
  );
}

async function checkSnapshotClass(kube: KubeClient, profile: DriverProfile): Promise<string[]> {
  const name = snapshotClassName(profile);
  if (name === undefined) return [];
  const found = await kube.find(resources.snapshotClasses, { name });
  const driver = profile.spec.driver.name;
  if (found === undefined) return [`snapshotClass is ${name}: the cluster has no such class`];
  return found.driver === driver
    ? []
    : [`snapshotClass is ${name}: its driver is ${found.driver}, not ${driver}`];
}

// SPDX-License-Identifier: Apache-2.0
import type { SnapshotClass, SnapshotClassSpec } from "../../catalogue/context/snapshots.ts";
import { resources } from "../../kube/resources.ts";
import { KitError } from "../../support/errors.ts";
import type { CaseRun } from "../case-run.ts";

const defaultClass = "snapshot.storage.kubernetes.io/is-default-class";

/** Name of the profile's VolumeSnapshotClass. @throws KitError `PROFILE_LACKS_CLASS` */
export function profileSnapshotClass(run: CaseRun): string {
  const { snapshotClass } = run.settings.driver;
  if (snapshotClass === undefined)
    throw new KitError("PROFILE_LACKS_CLASS", "the driver profile names no VolumeSnapshotClass");
  return snapshotClass;
}

/** Copies the profile's class with changes; clean-up removes the copy. */
export async function deriveSnapshotClass(run: CaseRun, spec: SnapshotClassSpec): Promise<SnapshotClass> {
  const { snapshotClasses } = resources;
  const original = await run.kube.get(snapshotClasses, { name: profileSnapshotClass(run) }, run);
  const name = `${run.namespace}-${spec.name}`;
  run.cleanup.add(`delete snapshot class ${name}`, () => run.kube.delete(snapshotClasses, { name }));
  const metadata = {
    name,
    labels: run.labels,
    ...(spec.isDefault === true ? { annotations: { [defaultClass]: "true" } } : {}),
  };
  const { apiVersion, kind } = snapshotClasses;
  const { driver, deletionPolicy, parameters } = original;
  const changed = { driver, parameters, deletionPolicy: spec.deletionPolicy ?? deletionPolicy };
  await run.kube.create(snapshotClasses, { apiVersion, kind, metadata, ...changed }, run);
  return { name };
}

// SPDX-License-Identifier: Apache-2.0
import type { NewObject } from "../kube/objects.ts";
import { KitError } from "../support/errors.ts";
import type { DriverProfile } from "./profile.ts";

/**
 * What a profile waits for must be made by its own objects, where it has any: what other means install is not known before.
 * @throws KitError `WORKLOAD_UNKNOWN` of kind `usage`
 */
export function requireReadyWorkloads(
  objects: readonly NewObject[],
  profile: DriverProfile,
  file: string,
): void {
  if (objects.length === 0) return;
  for (const { kind, namespace, name } of profile.spec.install.ready) {
    const there = objects.some(
      (object) =>
        object.kind === kind && object.metadata.name === name && object.metadata.namespace === namespace,
    );
    if (there) continue;
    throw new KitError(
      "WORKLOAD_UNKNOWN",
      `${file}: spec.install.ready names ${kind} ${namespace}/${name}, which no manifest makes`,
      { kind: "usage" },
    );
  }
}

// SPDX-License-Identifier: Apache-2.0
import type { DriverProfile } from "../driver/profile.ts";
import type { DriverFacts } from "./settings.ts";

/** What the cases need of a profile, in a form that can cross a thread. */
export function driverFacts({ spec }: DriverProfile): DriverFacts {
  const { delayed, immediate } = spec.storageClasses;
  const namespaces = [
    ...spec.install.ready.map((workload) => workload.namespace),
    ...(spec.install.addons.length > 0 ? ["kube-system"] : []),
  ];
  const [program, ...rest] = spec.backEnd?.onNode.command ?? [];
  return {
    name: spec.driver.name,
    features: spec.features,
    storageClasses: {
      ...(delayed === undefined ? {} : { delayed }),
      ...(immediate === undefined ? {} : { immediate }),
    },
    topologyKeys: spec.topologyKeys.map((topology) => topology.key),
    namespaces: [...new Set(namespaces)],
    ...(spec.snapshotClass === undefined ? {} : { snapshotClass: spec.snapshotClass }),
    ...(program === undefined ? {} : { backEndCommand: [program, ...rest] }),
  };
}

// SPDX-License-Identifier: Apache-2.0
import type { DriverProfile } from "../driver/profile.ts";
import { snapshotClassName, storageClassName } from "../driver/profile-objects.ts";
import { parseQuantity } from "../support/quantity.ts";
import type { DriverFacts } from "./settings.ts";

/** What the cases need of a profile, in a form that can cross a thread. */
export function driverFacts(profile: DriverProfile): DriverFacts {
  const { spec } = profile;
  const delayed = storageClassName(profile, "delayed");
  const immediate = storageClassName(profile, "immediate");
  const snapshotClass = snapshotClassName(profile);
  const [program, ...rest] = spec.backEnd?.onNode.command ?? [];
  return {
    name: spec.driver.name,
    features: spec.features,
    storageClasses: {
      ...(delayed === undefined ? {} : { delayed }),
      ...(immediate === undefined ? {} : { immediate }),
    },
    topologyKeys: spec.topologyKeys.map((topology) => topology.key),
    ...claimFacts(spec),
    logs: logSources(spec),
    ...(snapshotClass === undefined ? {} : { snapshotClass }),
    ...(spec.groupSnapshotClass === undefined ? {} : { groupSnapshotClass: spec.groupSnapshotClass }),
    ...(spec.pools === undefined ? {} : { pools: spec.pools }),
    ...(spec.sockets === undefined ? {} : { sockets: spec.sockets }),
    ...(spec.limits.volumesPerNode === undefined ? {} : { volumesPerNode: spec.limits.volumesPerNode }),
    ...(spec.staticVolumes === undefined ? {} : { staticVolumes: spec.staticVolumes }),
    ...(program === undefined ? {} : { backEndCommand: [program, ...rest] }),
  };
}

function claimFacts({
  accessModes,
  sizes,
}: DriverProfile["spec"]): Pick<DriverFacts, "accessMode" | "sizes"> {
  const usual = "ReadWriteOnce";
  return {
    accessMode: accessModes.includes(usual) ? usual : (accessModes[0] ?? usual),
    sizes: {
      minBytes: parseQuantity(sizes?.min ?? "") ?? 1,
      stepBytes: parseQuantity(sizes?.step ?? "") ?? 1,
    },
  };
}

/** The system's own namespace is added for the add-ons the kit brings. */
function logSources({ logs, install }: DriverProfile["spec"]): DriverFacts["logs"] {
  const namespaces = [...new Set(install.ready.map((workload) => workload.namespace))];
  const own = logs ?? namespaces.map((namespace) => ({ namespace, podSelector: undefined }));
  return [
    ...own.map(({ namespace, podSelector }) => ({
      namespace,
      ...(podSelector === undefined ? {} : { labels: selectorText(podSelector) }),
    })),
    ...(install.addons.length > 0 ? [{ namespace: "kube-system" }] : []),
  ];
}

function selectorText(selector: Readonly<Record<string, string>>): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

// SPDX-License-Identifier: Apache-2.0
import type { Feature } from "../../src/catalogue/features.ts";
import type { DriverProfile } from "../../src/driver/profile.ts";

/** What upstream calls the features of a profile. */
const capabilitiesOf: Partial<Record<Feature, readonly string[]>> = {
  "dynamic-provisioning": ["persistence", "fsGroup", "exec", "multipods"],
  "block-volume": ["block"],
  restore: ["snapshotDataSource"],
  clone: ["pvcDataSource"],
  expand: ["controllerExpansion", "nodeExpansion"],
  "single-pod-access": ["readWriteOncePod"],
  "volume-limits": ["volumeLimits"],
  "capacity-objects": ["capacity"],
  topology: ["topology"],
};

/**
 * What upstream is told of a driver (`--storage.testdriver`): the good driver is far quicker than these limits, and with a
 * broken one upstream would else wait for 15 minutes.
 */
const limits = {
  PodStart: "90s",
  PodStartSlow: "90s",
  PodDelete: "90s",
  ClaimProvision: "60s",
  DataSourceProvision: "60s",
  PVDelete: "60s",
  PVDeleteSlow: "60s",
  SnapshotCreate: "60s",
  SnapshotDelete: "60s",
};

/** The definition of a driver for upstream's external storage tests. */
export function testDriverOf({ spec }: DriverProfile): object {
  const { driver, features, topologyKeys, storageClasses, snapshotClass } = spec;
  const names = features.flatMap((feature) => capabilitiesOf[feature] ?? []);
  const oneNode = topologyKeys.some(({ level }) => level === "hostname");
  return {
    StorageClass: { FromExistingClassName: nameOf(storageClasses.delayed, "storageClasses.delayed") },
    SnapshotClass: { FromExistingClassName: nameOf(snapshotClass, "snapshotClass") },
    DriverInfo: {
      Name: driver.name,
      // xfs makes nothing smaller than 300 MiB
      SupportedSizeRange: { Min: "320Mi" },
      SupportedFsType: { "": {}, ext4: {}, xfs: {} },
      TopologyKeys: topologyKeys.map(({ key }) => key),
      Capabilities: Object.fromEntries([
        ...names.map((name) => [name, true] as const),
        ...(oneNode ? [["singleNodeVolume", true] as const] : []),
      ]),
    },
    Timeouts: limits,
  };
}

function nameOf(source: unknown, what: string): string {
  if (typeof source === "string") return source;
  throw new Error(`spec.${what} is not the name of a class`);
}

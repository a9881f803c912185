// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import { type Feature, featureNames } from "../catalogue/features.ts";
import { readYaml } from "../support/yaml.ts";
import { accessModes, filesystems, limits, logSource, sizes } from "./profile-abilities.ts";
import { snapshotClass, storageClass } from "./profile-classes.ts";
import { backEnd, install, mutants, pools, sockets, staticVolumes } from "./profile-install.ts";
import { timeouts } from "./profile-timeouts.ts";

const text = z.string().min(1);
const dnsName = z
  .string()
  .regex(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, "lower-case letters, digits, hyphens and dots")
  .max(63);

/** Who makes the driver and which release this is. */
const driver = z.strictObject({
  name: dnsName.describe("The CSI driver name, as GetPluginInfo and CSIDriver say it"),
  version: text.describe("The version the vendor gives this release"),
  organization: text,
  url: z.url(),
});

const topologyKey = z.strictObject({
  key: text.describe("Node label and CSINode topology key"),
  level: z.enum(["hostname", "rack", "zone", "region"]).describe("How wide a domain of this key is"),
});

const spec = z
  .strictObject({
    driver,
    install,
    storageClasses: z
      .strictObject({
        delayed: storageClass.optional().describe("A class with volumeBindingMode WaitForFirstConsumer"),
        immediate: storageClass.optional().describe("A class with volumeBindingMode Immediate"),
      })
      .describe("Classes by name, as whole objects, or by their parts"),
    snapshotClass: snapshotClass.optional().describe("A VolumeSnapshotClass in the same ways"),
    groupSnapshotClass: text.optional().describe("A VolumeGroupSnapshotClass the manifests make"),
    staticVolumes: staticVolumes
      .optional()
      .describe("Local volumes that the driver's discoverer makes of what is mounted on nodes"),
    topologyKeys: z.array(topologyKey).default([]).describe("Every key the driver reports for a node"),
    features: z
      .array(z.enum(featureNames as readonly [Feature, ...Feature[]]))
      .min(1)
      .describe("What the driver claims; a claim without an executed check fails"),
    sizes: sizes
      .optional()
      .describe("Sizes the driver can make; without it the kit asks for what a case needs"),
    filesystems: filesystems
      .default(["ext4"])
      .describe("What volumes can be formatted with, the usual one first"),
    accessModes: accessModes.default(["ReadWriteOnce"]),
    limits: limits.prefault({}),
    sockets: sockets
      .optional()
      .describe("Without it nothing the driver announces is compared with its claims"),
    backEnd: backEnd
      .optional()
      .describe(
        "Without it ListVolumes and ListSnapshots through the controller's socket show what was left behind, and cases that must know a volume's node do not run",
      ),
    pools: pools
      .optional()
      .describe("Without it cases that look into the pools below the driver, or fill them, do not run"),
    logs: z
      .array(logSource)
      .min(1)
      .optional()
      .describe("Where driver and sidecars log; the namespaces of install.ready when left out"),
    timeouts,
    mutants: mutants.optional(),
  })
  .superRefine((value, context) => {
    for (const { feature, path, needs } of claims) {
      if (!value.features.includes(feature) || path.reduce<unknown>(field, value) !== undefined) continue;
      context.addIssue({
        code: "custom",
        path: [...path],
        message: `${needs}, because features claims ${feature}`,
      });
    }
    const index = value.features.findIndex((feature, at) => value.features.indexOf(feature) !== at);
    if (index >= 0)
      context.addIssue({ code: "custom", path: ["features", index], message: "each feature once" });
  });

/** What a claimed feature cannot be checked without. */
const claims: readonly { feature: Feature; path: readonly string[]; needs: string }[] = [
  { feature: "delayed-binding", path: ["storageClasses", "delayed"], needs: "a StorageClass" },
  {
    feature: "immediate-binding",
    path: ["storageClasses", "immediate"],
    needs: "a StorageClass",
  },
  { feature: "snapshot", path: ["snapshotClass"], needs: "a VolumeSnapshotClass" },
  { feature: "volume-limits", path: ["limits", "volumesPerNode"], needs: "a number of volumes" },
  { feature: "static-local-volumes", path: ["staticVolumes"], needs: "a class and a folder" },
  { feature: "group-snapshot", path: ["groupSnapshotClass"], needs: "a VolumeGroupSnapshotClass" },
];

function field(value: unknown, key: string): unknown {
  return value !== null && typeof value === "object"
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

/** `profile.yaml`: everything the kit must know about a driver to certify it. */
export const driverProfile = z.strictObject({
  apiVersion: z.literal("seaworthy.dev/v1"),
  kind: z.literal("DriverProfile"),
  metadata: z.strictObject({
    name: dnsName.describe("What the kit calls the driver; names the report's folder"),
  }),
  spec,
});

export type DriverProfile = z.infer<typeof driverProfile>;

/** @throws KitError of kind `usage` that names file, line, what was found and what was expected */
export function readDriverProfile(file: string): Promise<DriverProfile> {
  return readYaml(file, driverProfile);
}

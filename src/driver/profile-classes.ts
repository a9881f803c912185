// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

const text = z.string().min(1);
const texts = z.record(z.string(), z.string());

const manifest = z.looseObject({
  apiVersion: text,
  kind: text,
  metadata: z.looseObject({ name: text }),
});

/** A StorageClass by name, as a whole object, or as the parts that are not the same for all. */
export const storageClass = z.union([
  text.describe("Name of a class that the installation makes or the cluster has"),
  z
    .strictObject({
      manifest: manifest.optional().describe("The whole StorageClass; the kit applies it"),
      parameters: texts.optional().describe("Parameters of a class the kit makes"),
      mountOptions: z.array(text).optional(),
      allowVolumeExpansion: z.boolean().optional(),
      reclaimPolicy: z.enum(["Delete", "Retain"]).optional(),
      allowedTopologies: z
        .array(
          z.strictObject({
            matchLabelExpressions: z
              .array(z.strictObject({ key: text, values: z.array(text).min(1) }))
              .min(1),
          }),
        )
        .optional(),
    })
    .refine(onlyManifest, "either manifest or the parts of a class, not both"),
]);

/** A VolumeSnapshotClass in the same three ways. */
export const snapshotClass = z.union([
  text.describe("Name of a class that the installation makes or the cluster has"),
  z
    .strictObject({
      manifest: manifest.optional().describe("The whole VolumeSnapshotClass; the kit applies it"),
      parameters: texts.optional().describe("Parameters of a class the kit makes"),
      deletionPolicy: z.enum(["Delete", "Retain"]).optional(),
    })
    .refine(onlyManifest, "either manifest or the parts of a class, not both"),
]);

function onlyManifest(value: Readonly<Record<string, unknown>>): boolean {
  return value["manifest"] === undefined || Object.keys(value).length === 1;
}

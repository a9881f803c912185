// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import { parseQuantity } from "../support/quantity.ts";

const size = z.string().refine((text) => (parseQuantity(text) ?? 0) > 0, "a size such as 1Gi, 512Mi or 10G");

/** Sizes the driver can make volumes of; the kit asks for no other. */
export const sizes = z
  .strictObject({
    min: size.optional().describe("Smallest volume; claims of the kit are at least this large"),
    max: size.optional().describe("Largest volume"),
    step: size.optional().describe("Sizes are multiples of this; claims of the kit are rounded up to it"),
  })
  .refine(({ min, max }) => bytes(min, 0) <= bytes(max, Infinity), "min no larger than max");

/** What the driver formats volumes with, the first by default. */
export const filesystems = z.array(z.enum(["ext2", "ext3", "ext4", "xfs", "btrfs", "nfs"])).min(1);

/** How often and from where a volume can be used at once. */
export const accessModes = z
  .array(z.enum(["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]))
  .min(1);

/** What the installation under test has room for; a case that needs more is skipped with the reason. */
export const limits = z.strictObject({
  volumes: z.int().min(1).optional().describe("Volumes that can exist at once"),
  volumesPerNode: z.int().min(1).optional().describe("Volumes a node can use at once, as CSINode says it"),
  megabytes: z.int().min(1).optional().describe("MiB of all volumes together"),
});

/** Where driver and sidecars log, for the evidence of a case that did not pass. */
export const logSource = z.strictObject({
  namespace: z.string().min(1),
  podSelector: z
    .record(z.string(), z.string())
    .optional()
    .describe("Labels of the pods; all of the namespace when left out"),
});

function bytes(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : (parseQuantity(text) ?? otherwise);
}

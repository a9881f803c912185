// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

const text = z.string().min(1);
const argv = z.tuple([text], text);
const absolutePath = z.string().startsWith("/", "an absolute path");

/** A workload that must be rolled out before the driver counts as deployed. */
const workload = z.strictObject({
  kind: z.enum(["Deployment", "DaemonSet", "StatefulSet"]),
  namespace: text,
  name: text,
});

const build = z.strictObject({
  workspace: text.describe("npm workspace of this repository with a `build` script"),
  image: text.describe("Name and tag the manifests ask for"),
});

const helm = z.strictObject({
  chart: text.describe("Folder or archive relative to the profile, or what `helm` itself can find"),
  release: text,
  namespace: text,
  version: text.optional().describe("Version of the chart, where it is not a folder"),
  values: z.array(text).default([]).describe("Files of values, relative to the profile, the last one wins"),
});

const command = z.strictObject({
  argv: argv.describe(
    "Program and arguments, run without a shell in the profile's folder with KUBECONFIG set",
  ),
  timeoutSeconds: z.int().min(1).max(3600).default(600),
});

/** The ways into a cluster; a profile chooses one. */
const ways = ["manifests", "kustomize", "helm", "command", "existing"] as const;

/** How the driver gets into a cluster. */
export const install = z
  .strictObject({
    build: build.optional().describe("An image the kit builds; leave it out for an image that can be pulled"),
    manifests: z
      .array(text)
      .min(1)
      .optional()
      .describe("Files or folders of YAML, relative to the profile, applied in this order"),
    kustomize: text
      .optional()
      .describe("Folder with a kustomization, relative to the profile; needs kubectl"),
    helm: helm.optional().describe("A Helm chart; needs helm"),
    command: command.optional().describe("A program that installs the driver and ends"),
    existing: z.literal(true).optional().describe("The driver is in the cluster already"),
    images: z
      .array(text)
      .default([])
      .describe(
        "Archives of images (docker save, OCI layout), relative to the profile, put on the nodes of the kit's clusters",
      ),
    addons: z
      .array(z.enum(["snapshot-controller"]))
      .default([])
      .describe("Cluster components the driver expects but does not bring"),
    ready: z.array(workload).min(1).describe("Workloads to wait for"),
    extender: z
      .array(text)
      .default([])
      .describe("Manifests of a scheduler extender, applied where the cluster's scheduler asks one"),
  })
  .superRefine((value, context) => {
    const chosen = ways.filter((way) => value[way] !== undefined);
    if (chosen.length === 1) return;
    const found = chosen.length === 0 ? "" : `, not ${chosen.join(" and ")}`;
    context.addIssue({ code: "custom", message: `exactly one of ${ways.join(", ")}${found}` });
  });

/** Where the kit reaches the driver's gRPC sockets, to ask what the driver announces. */
export const sockets = z.strictObject({
  controller: z.strictObject({
    namespace: text,
    podSelector: z.record(z.string(), z.string()).describe("Labels of the controller's pods"),
    path: absolutePath.describe("Path of the socket inside the pod"),
  }),
  node: z.strictObject({ path: absolutePath.describe("Path of the socket on the node") }),
});

/** How the kit sees what the driver's back end really holds. */
export const backEnd = z.strictObject({
  onNode: z.strictObject({
    command: z
      .array(text)
      .min(1)
      .describe("Run on each node; prints `<handle> <bytes>` for each volume and snapshot it holds"),
  }),
});

/** Where a discoverer finds what it makes PersistentVolumes of. */
export const staticVolumes = z.strictObject({
  class: text.describe("StorageClass of the volumes, with WaitForFirstConsumer and without a provisioner"),
  folder: absolutePath.describe("Folder of each node: every mount point in it becomes a volume"),
});

/** The kit's pools that the driver's classes cut their volumes from. */
export const pools = z.strictObject({
  of: z.enum(["node", "zone"]).describe("Whose pools they are: each node's own, or those its zone shares"),
  class: text.describe("Class of these pools in the cluster shape"),
});

/** Broken variants of the driver that prove the cases can fail. */
export const mutants = z.strictObject({
  list: text.describe("Module that exports them as MUTANTS, relative to the profile"),
  command: z
    .array(text)
    .min(1)
    .describe("Replaces the first two words of the driver containers' command; the mutant's slug follows it"),
  switch: z
    .strictObject({
      command: z
        .array(text)
        .min(1)
        .describe(
          "Replaces the first two words of the driver containers' command: a driver without a fault yet",
        ),
      port: z
        .number()
        .int()
        .min(1)
        .max(65_535)
        .describe('Where each of its pods takes PUT /mutant with {"slug": "..."}, null for no fault'),
    })
    .optional()
    .describe("Mutants are switched in running copies of the driver, which saves deploying each"),
});

export type Installation = z.infer<typeof install>;
export type PoolUse = z.infer<typeof pools>;
export type Sockets = z.infer<typeof sockets>;

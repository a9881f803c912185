// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

const text = z.string().min(1);
const absolutePath = z.string().startsWith("/", "an absolute path");

/** A workload that must be rolled out before the driver counts as deployed. */
const workload = z.strictObject({
  kind: z.enum(["Deployment", "DaemonSet", "StatefulSet"]),
  namespace: text,
  name: text,
});

/** How the driver gets into a cluster. */
export const install = z.strictObject({
  build: z
    .strictObject({
      workspace: text.describe("npm workspace of this repository with a `build` script"),
      image: text.describe("Name and tag the manifests ask for"),
    })
    .optional()
    .describe("An image the kit builds; leave it out for an image that can be pulled"),
  manifests: z
    .array(text)
    .min(1)
    .describe("Files or folders of YAML, relative to the profile, applied in this order"),
  addons: z
    .array(z.enum(["snapshot-controller"]))
    .default([])
    .describe("Cluster components the driver expects but does not bring"),
  ready: z.array(workload).min(1).describe("Workloads to wait for"),
  extender: z
    .array(text)
    .default([])
    .describe("Manifests of a scheduler extender, applied where the cluster's scheduler asks one"),
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

/** Broken variants of the driver that prove the cases can fail. */
export const mutants = z.strictObject({
  list: text.describe("Module that exports them as MUTANTS, relative to the profile"),
  command: z
    .array(text)
    .min(1)
    .describe("Replaces the first two words of the driver containers' command; the mutant's slug follows it"),
});

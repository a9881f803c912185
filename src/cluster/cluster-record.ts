// SPDX-License-Identifier: Apache-2.0
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { stateHome } from "../support/paths.ts";

const nodePool = z.strictObject({
  class: z.string(),
  volumeGroup: z.string(),
  device: z.string(),
  bytes: z.number(),
  thin: z.boolean().exactOptional(),
});

const clusterNode = z.strictObject({
  name: z.string(),
  controlPlane: z.boolean(),
  region: z.string().exactOptional(),
  zone: z.string().exactOptional(),
  rack: z.string().exactOptional(),
  pools: z.array(nodePool),
});

/** What is kept on disk of a cluster that is up. */
const clusterRecord = z.strictObject({
  name: z.string(),
  shape: z.string(),
  /** Hash of shape, node image and recipe: a cluster of another hash is not the one asked for. */
  hash: z.string(),
  /** Value for DOCKER_HOST. */
  socket: z.string(),
  kubeconfig: z.string(),
  kubernetesVersion: z.string(),
  rackLabel: z.string(),
  images: z.enum(["built", "pulled", "unknown"]),
  // a record of an earlier release has none: its scheduler knew of no extender
  scheduler: z
    .strictObject({ extender: z.boolean(), capacityObjects: z.boolean() })
    .default({ extender: false, capacityObjects: true }),
  nodes: z.array(clusterNode),
  /** A cluster someone else runs; pods that reach its nodes, by node, where that was allowed. */
  existing: z.strictObject({ agents: z.record(z.string(), z.string()).exactOptional() }).exactOptional(),
});

export type ClusterRecord = z.infer<typeof clusterRecord>;

/** Folder with the cluster's record, kubeconfig and pool files; in its journal. */
export function clusterFolder(name: string): string {
  return join(stateHome(), "clusters", name);
}

/** Written when the cluster is complete, so its presence says so. */
export async function writeClusterRecord(record: ClusterRecord): Promise<void> {
  const file = join(clusterFolder(record.name), "cluster.json");
  await mkdir(clusterFolder(record.name), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, JSON.stringify(record, undefined, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Undefined when no such cluster is up, or its bring-up was cut off. */
export async function readClusterRecord(name: string): Promise<ClusterRecord | undefined> {
  const text = await readFile(join(clusterFolder(name), "cluster.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : clusterRecord.parse(JSON.parse(text));
}

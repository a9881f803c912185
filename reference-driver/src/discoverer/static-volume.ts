// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import path from "node:path";
import type { ResourceObject } from "../cluster/resources.ts";

/** Something in the folder that a PersistentVolume can be made of. */
export interface FoundVolume {
  readonly path: string;
  readonly mode: "Filesystem" | "Block";
  readonly bytes: number;
}

/** PersistentVolume, as far as the discoverer reads and writes it. */
export interface StaticVolume extends ResourceObject {
  spec: {
    capacity: { storage: string };
    volumeMode: "Filesystem" | "Block";
    accessModes: string[];
    persistentVolumeReclaimPolicy: string;
    storageClassName: string;
    local: { path: string };
    nodeAffinity: object;
  };
  status?: { phase?: string };
}

/** What is the same for all volumes of a node. */
export interface VolumeContext {
  readonly node: string;
  /** Value of the node's hostname label. */
  readonly hostname: string;
  readonly storageClass: string;
  readonly reclaimPolicy: string;
}

/** Label with the name of the node whose discoverer made the volume. */
export const NODE_LABEL = "local.seaworthy.dev/discovered-on";
/** Tells the volume controller that somebody else deletes the volume. */
const PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
const HOSTNAME = "kubernetes.io/hostname";

/** The volume's name says which path of which node it is, so that it is made once however often it is found. */
export function staticVolumeName(node: string, file: string): string {
  const digest = createHash("sha256").update(`${node}\n${file}`).digest("hex").slice(0, 8);
  const base = path
    .basename(file)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  return `static-${base.replaceAll(/^-|-$/g, "").slice(0, 40)}-${digest}`;
}

/** A local PersistentVolume that only pods on its node can use. */
export function staticVolume(found: FoundVolume, context: VolumeContext): StaticVolume {
  const { node, hostname, storageClass, reclaimPolicy } = context;
  const expression = { key: HOSTNAME, operator: "In", values: [hostname] };
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: {
      name: staticVolumeName(node, found.path),
      labels: { [NODE_LABEL]: node, [HOSTNAME]: hostname },
      annotations: { [PROVISIONED_BY]: `static.local.seaworthy.dev/${node}` },
    },
    spec: {
      capacity: { storage: String(found.bytes) },
      volumeMode: found.mode,
      accessModes: ["ReadWriteOnce"],
      persistentVolumeReclaimPolicy: reclaimPolicy,
      storageClassName: storageClass,
      local: { path: found.path },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } },
    },
  };
}

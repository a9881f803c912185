// SPDX-License-Identifier: Apache-2.0
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { toError } from "../support/errors.ts";
import { redactObject, redactText } from "../support/redact.ts";
import { type ContainerLog, findLogs, type LogSource } from "./container-logs.ts";
import { describeNodes } from "./describe-nodes.ts";
import { extractCalls } from "./grpc-calls.ts";
import type { KubeClient } from "./kube-client.ts";
import { findHoldings } from "./reap.ts";
import { resources, type Resource } from "./resources.ts";

/** What is to be kept of a case that did not pass. */
export interface EvidenceRequest {
  readonly namespace: string;
  /** Pods of driver and sidecars. */
  readonly logs: readonly LogSource[];
  /** When the case began. */
  readonly since: Date;
  /** The command that runs only this case. */
  readonly reproduce: string;
  /** Files are written below it. */
  readonly directory: string;
}

/**
 * Keeps events, objects, nodes and logs of a case, and the gRPC calls that the logs tell of; returns the files' names.
 * Everything is redacted. What cannot be had is written down as such.
 */
export async function collectEvidence(kube: KubeClient, request: EvidenceRequest): Promise<string[]> {
  const [events, objects, nodes, logs] = await Promise.all([
    attempt(() => describeEvents(kube, request)),
    attempt(() => dumpObjects(kube, request.namespace)),
    attempt(() => describeNodes(kube)),
    readLogs(kube, request),
  ]);
  const files: readonly (readonly [string, string])[] = [
    ["events.txt", events],
    ["objects.json", objects],
    ["nodes.txt", nodes],
    ["rerun.txt", `${request.reproduce}\n`],
    ["grpc-calls.txt", extractCalls(logs)],
    ...[...logs].map(([name, text]) => [`logs/${name}.log`, text] as const),
  ];
  const kept = files.filter(([, text]) => text !== "");
  for (const [name, text] of kept) {
    const path = join(request.directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, redactText(text));
  }
  return kept.map(([name]) => name).sort();
}

async function attempt(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (thrown) {
    return `could not be collected: ${toError(thrown).message}\n`;
  }
}

async function readLogs(
  kube: KubeClient,
  { logs, since }: EvidenceRequest,
): Promise<ReadonlyMap<string, string>> {
  let found: readonly ContainerLog[];
  try {
    found = await findLogs(kube, logs, since);
  } catch (thrown) {
    return new Map([["none", `could not be collected: ${toError(thrown).message}\n`]]);
  }
  return new Map(
    await Promise.all(found.map(async ({ name, read }) => [name, await attempt(read)] as const)),
  );
}

async function describeEvents(kube: KubeClient, { namespace, since }: EvidenceRequest): Promise<string> {
  const [own, clusterWide] = await Promise.all([
    kube.list(resources.events, { namespace }),
    kube.list(resources.events, { namespace: "default" }),
  ]);
  return [...own.items, ...clusterWide.items]
    .map((event) => ({
      event,
      at: event.eventTime ?? event.lastTimestamp ?? event.metadata.creationTimestamp,
    }))
    .filter(({ at }) => Date.parse(at) >= since.getTime() - 1000)
    .sort((a, b) => a.at.localeCompare(b.at))
    .map(
      ({ event, at }) =>
        `${at} ${event.type ?? ""} ${event.involvedObject.kind ?? ""}/${event.involvedObject.name ?? ""} ${event.reason ?? ""}: ${event.message ?? ""}\n`,
    )
    .join("");
}

const namespacedKinds: readonly Resource[] = [
  resources.pods,
  resources.claims,
  resources.statefulSets,
  resources.snapshots,
];

/** The objects of the case, and what belongs to them outside its namespace. */
async function dumpObjects(kube: KubeClient, namespace: string): Promise<string> {
  const none = { items: [] };
  const lists = await Promise.all(
    namespacedKinds.map(async (resource) =>
      (await kube.list(resource, { namespace }).catch(() => none)).items.map((item) => ({
        kind: resource.kind,
        ...item,
      })),
    ),
  );
  const [holdings, attachments, classes] = await Promise.all([
    findHoldings(kube, namespace),
    kube.list(resources.attachments).catch(() => none),
    kube.list(resources.storageClasses).catch(() => none),
  ]);
  const volumes = new Set(holdings.volumes.map(({ metadata }) => metadata.name));
  const found = {
    objects: lists.flat(),
    ...holdings,
    attachments: attachments.items.filter(({ spec }) => volumes.has(spec.source.persistentVolumeName ?? "")),
    storageClasses: classes.items,
  };
  return `${JSON.stringify(redactObject(found), withoutManagedFields, 2)}\n`;
}

function withoutManagedFields(key: string, value: unknown): unknown {
  return key === "managedFields" ? undefined : value;
}

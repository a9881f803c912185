// SPDX-License-Identifier: Apache-2.0
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { toError } from "../support/errors.ts";
import { redactObject, redactText } from "../support/redact.ts";
import type { KubeClient } from "./kube-client.ts";
import { findHoldings } from "./reap.ts";
import { resources, type Resource } from "./resources.ts";

/** What is to be kept of a case that did not pass. */
export interface EvidenceRequest {
  readonly namespace: string;
  /** Pods of driver and sidecars: all of a namespace, or those a label selector names. */
  readonly logs: readonly { readonly namespace: string; readonly labels?: string }[];
  /** When the case began. */
  readonly since: Date;
  /** Files are written below it. */
  readonly directory: string;
}

const longestLog = 256 * 1024;

/** Of the system's own pods only those that have a part in volumes. */
const systemPods = /^(snapshot-controller|kube-scheduler|kube-controller-manager)/;

/** Keeps events, objects and logs of a case; returns the files' names. What cannot be had is written down as such. */
export async function collectEvidence(kube: KubeClient, request: EvidenceRequest): Promise<string[]> {
  const files = new Map<string, () => Promise<string>>([
    ["events.txt", () => describeEvents(kube, request)],
    ["objects.json", () => dumpObjects(kube, request.namespace)],
  ]);
  for (const [name, read] of await driverLogs(kube, request).catch(() => [])) files.set(name, read);
  const written = await Promise.all(
    [...files].map(async ([name, read]) =>
      (await writeOne(join(request.directory, name), read)) ? [name] : [],
    ),
  );
  return written.flat().sort();
}

/** Whether there was anything to write. */
async function writeOne(path: string, read: () => Promise<string>): Promise<boolean> {
  const text = await read().catch(
    (thrown: unknown) => `could not be collected: ${toError(thrown).message}\n`,
  );
  if (text === "") return false;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, redactText(text));
  return true;
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

async function dumpObjects(kube: KubeClient, namespace: string): Promise<string> {
  const kinds: Resource[] = [resources.pods, resources.claims, resources.statefulSets, resources.snapshots];
  const lists = await Promise.all(
    kinds.map(async (resource) =>
      (await kube.list(resource, { namespace }).catch(() => ({ items: [] }))).items.map((item) => ({
        kind: resource.kind,
        ...item,
      })),
    ),
  );
  const holdings = await findHoldings(kube, namespace);
  return `${JSON.stringify(redactObject({ objects: lists.flat(), ...holdings }), withoutManagedFields, 2)}\n`;
}

function withoutManagedFields(key: string, value: unknown): unknown {
  return key === "managedFields" ? undefined : value;
}

async function driverLogs(
  kube: KubeClient,
  { logs, since }: EvidenceRequest,
): Promise<[string, () => Promise<string>][]> {
  const lists = await Promise.all(logs.map((source) => kube.list(resources.pods, source)));
  const sinceSeconds = Math.max(1, Math.ceil((Date.now() - since.getTime()) / 1000));
  return lists
    .flatMap((list) => list.items)
    .filter(({ metadata }) => metadata.namespace !== "kube-system" || systemPods.test(metadata.name))
    .flatMap(({ metadata, spec }) =>
      spec.containers.map(({ name }): [string, () => Promise<string>] => [
        `logs/${metadata.name}.${name}.log`,
        () =>
          kube.logs(metadata.namespace ?? "default", metadata.name, {
            container: name,
            sinceSeconds,
            limitBytes: longestLog,
            timestamps: true,
          }),
      ]),
    );
}

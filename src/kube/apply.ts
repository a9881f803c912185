// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { KitError } from "../support/errors.ts";
import { parseYamlDocuments } from "../support/yaml-documents.ts";
import { describeRollout, isEstablished, isRolledOut } from "./conditions.ts";
import { findResource } from "./discovery.ts";
import type { KubeClient } from "./kube-client.ts";
import type { NewObject, Workload } from "./objects.ts";
import { resources, type Resource } from "./resources.ts";
import { untilObject } from "./watch.ts";

export interface ApplyOptions {
  /** For namespaced objects that name none. Default `default`. */
  readonly namespace?: string;
  /** Added to every object. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Milliseconds one rollout may take. Default 120 s. */
  readonly rolloutTimeout?: number;
  readonly signal?: AbortSignal;
  /** Called with each thing that is about to be done. */
  readonly onStep?: (step: string) => void;
}

/** What must be there before what uses it; anything else comes in between. */
const firstKinds = [
  "Namespace",
  "CustomResourceDefinition",
  "PriorityClass",
  "ServiceAccount",
  "ClusterRole",
  "Role",
  "ClusterRoleBinding",
  "RoleBinding",
  "ConfigMap",
  "Secret",
];
const workloadKinds: Readonly<Record<string, Resource<Workload>>> = {
  Deployment: resources.deployments,
  StatefulSet: resources.statefulSets,
  DaemonSet: resources.daemonSets,
};

/** The objects of YAML files. @throws KitError `MANIFEST_INVALID` for a document that is no Kubernetes object. */
export async function readManifests(files: readonly string[]): Promise<NewObject[]> {
  const parsed = await Promise.all(
    files.map(async (file) => parseManifests(await readFile(file, "utf8"), file)),
  );
  return parsed.flat();
}

/** The objects of a YAML text; `kind: List` is taken apart. */
export function parseManifests(text: string, file: string): NewObject[] {
  return parseYamlDocuments(text, file).flatMap((value) => toObjects(value, file));
}

/**
 * Applies objects in an order that works, waits until definitions are established before objects of theirs,
 * and in the end until every workload among them is rolled out.
 */
export async function applyObjects(
  kube: KubeClient,
  objects: readonly NewObject[],
  options: ApplyOptions = {},
): Promise<void> {
  const sorted = objects.toSorted((a, b) => rank(a) - rank(b));
  for (const object of sorted) await applyOne(kube, object, options);
  const workloads = sorted.filter((object) => workloadKinds[object.kind] !== undefined);
  await Promise.all(workloads.map((object) => untilRolledOut(kube, object, options)));
}

async function applyOne(kube: KubeClient, object: NewObject, options: ApplyOptions): Promise<void> {
  options.onStep?.(`apply ${object.kind} ${object.metadata.name}`);
  const resource = await findResource(kube, object.apiVersion, object.kind);
  const namespace = object.metadata.namespace ?? options.namespace ?? "default";
  const labels = { ...object.metadata.labels, ...options.labels };
  await kube.apply(
    resource,
    { ...object, metadata: { ...object.metadata, labels, ...(resource.namespaced ? { namespace } : {}) } },
    options,
  );
  if (object.kind === "CustomResourceDefinition") await untilEstablished(kube, object.metadata.name, options);
}

async function untilEstablished(kube: KubeClient, name: string, options: ApplyOptions): Promise<void> {
  const wait = {
    what: `definition ${name} to be established`,
    timeout: 30_000,
    named: "definitionEstablished",
    signal: options.signal,
  };
  await untilObject(kube, { resource: resources.definitions, name }, wait, (definition) =>
    definition !== undefined && isEstablished(definition)
      ? { done: true, value: undefined }
      : { done: false, seen: "not established" },
  );
}

/** Waits until a Deployment, StatefulSet or DaemonSet is rolled out; anything else is at once. */
export async function untilRolledOut(
  kube: KubeClient,
  object: Pick<NewObject, "kind" | "metadata">,
  options: ApplyOptions,
): Promise<void> {
  const resource = workloadKinds[object.kind];
  if (resource === undefined) return;
  const { name } = object.metadata;
  const namespace = object.metadata.namespace ?? options.namespace ?? "default";
  options.onStep?.(`wait for ${object.kind} ${name}`);
  const timeout = options.rolloutTimeout ?? 120_000;
  const wait = {
    what: `${object.kind} ${namespace}/${name} to be rolled out`,
    timeout,
    named: "rollout",
    signal: options.signal,
  };
  await untilObject(kube, { resource, namespace, name }, wait, (workload) =>
    workload !== undefined && isRolledOut(workload)
      ? { done: true, value: undefined }
      : { done: false, seen: describeRollout(workload) },
  );
}

function toObjects(value: unknown, file: string): NewObject[] {
  if (isObject(value) && value["kind"] === "List" && Array.isArray(value["items"]))
    return value["items"].flatMap((item) => toObjects(item, file));
  if (
    isObject(value) &&
    typeof value["apiVersion"] === "string" &&
    typeof value["kind"] === "string" &&
    isObject(value["metadata"]) &&
    typeof value["metadata"]["name"] === "string"
  ) {
    return [value as unknown as NewObject];
  }
  throw new KitError("MANIFEST_INVALID", `${file}: a document lacks apiVersion, kind or metadata.name`, {
    kind: "usage",
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function rank(object: NewObject): number {
  const first = firstKinds.indexOf(object.kind);
  if (first >= 0) return first;
  return workloadKinds[object.kind] === undefined ? firstKinds.length : firstKinds.length + 1;
}

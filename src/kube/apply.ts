// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { KitError } from "../support/errors.ts";
import { parseYamlDocuments } from "../support/yaml-documents.ts";
import { isEstablished } from "./conditions.ts";
import { findResource } from "./discovery.ts";
import type { KubeClient } from "./kube-client.ts";
import type { NewObject } from "./objects.ts";
import { resources } from "./resources.ts";
import { type RolloutOptions, untilRolledOut, workloadKinds } from "./rollout.ts";
import { untilObject } from "./watch.ts";

export interface ApplyOptions extends RolloutOptions {
  /** Added to every object. */
  readonly labels?: Readonly<Record<string, string>>;
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

// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from "node:timers/promises";
import { formatDuration } from "../support/duration.ts";
import { KitError, toError } from "../support/errors.ts";
import type { KubeClient, Selection } from "./kube-client.ts";
import type { KubeObject } from "./objects.ts";
import { pathOf, type Resource } from "./resources.ts";

/** A look at the present state: done with a value, or not yet with what was seen. */
export type Look<R> =
  { readonly done: true; readonly value: R } | { readonly done: false; readonly seen: string };

/** What to wait for, and how long. */
export interface Wait {
  /** `claim sw-1/data to be Bound`: stands in the time-out's message. */
  readonly what: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** Which named time-out this is. */
  readonly named: string;
  readonly signal?: AbortSignal | undefined;
}

/** Objects of a collection by `namespace/name`. */
export type Snapshotted<T> = ReadonlyMap<string, T>;

/** Code of the error of a wait that was in vain; its details have `what`, `named` and `seen`. */
export const waitTimeout = "WAIT_TIMEOUT";

/**
 * Waits by list and watch until `look` is done with the selected objects.
 * A broken or expired watch is begun again from a new list.
 * @throws KitError {@link waitTimeout} that says what was awaited, how long, and what was last seen; what `look` throws.
 */
export async function untilObjects<T extends KubeObject, R>(
  kube: KubeClient,
  target: { readonly resource: Resource<T>; readonly selection: Selection },
  wait: Wait,
  look: (objects: Snapshotted<T>) => Look<R> | Promise<Look<R>>,
): Promise<R> {
  const timeout = AbortSignal.timeout(wait.timeout);
  const signal = wait.signal === undefined ? timeout : AbortSignal.any([timeout, wait.signal]);
  let seen = "nothing yet";
  const lookAt = async (objects: Snapshotted<T>): Promise<Look<R>> => {
    const result = await look(objects);
    if (!result.done) seen = result.seen;
    return result;
  };
  try {
    while (!signal.aborted) {
      const result = await followOnce(kube, target, lookAt, signal);
      if (result?.done === true) return result.value;
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
  if (wait.signal?.aborted === true) throw toError(wait.signal.reason);
  const message = `waited ${formatDuration(wait.timeout)} for ${wait.what}; last seen: ${seen}`;
  throw new KitError(waitTimeout, message, { details: { what: wait.what, named: wait.named, seen } });
}

/** {@link untilObjects} for one object by name; `look` gets undefined while there is none. */
export async function untilObject<T extends KubeObject, R>(
  kube: KubeClient,
  target: { readonly resource: Resource<T>; readonly namespace?: string; readonly name: string },
  wait: Wait,
  look: (object: T | undefined) => Look<R> | Promise<Look<R>>,
): Promise<R> {
  const scope = target.namespace === undefined ? {} : { namespace: target.namespace };
  const selection = { ...scope, fields: `metadata.name=${target.name}` };
  return untilObjects(kube, { resource: target.resource, selection }, wait, (objects) =>
    look([...objects.values()][0]),
  );
}

/** One list and the watch that follows it; undefined when the watch ended before `look` was done. */
async function followOnce<T extends KubeObject, R>(
  kube: KubeClient,
  { resource, selection }: { readonly resource: Resource<T>; readonly selection: Selection },
  look: (objects: Snapshotted<T>) => Promise<Look<R>>,
  signal: AbortSignal,
): Promise<Look<R> | undefined> {
  const list = await kube.list(resource, selection, { signal });
  const objects = new Map(list.items.map((item) => [keyOf(item), item]));
  const first = await look(objects);
  if (first.done) return first;
  const ended = new AbortController();
  let outcome: Look<R> | undefined;
  let looking = Promise.resolve();
  let waiting = false;
  let failure: unknown;
  const onEvent = (type: string, object: unknown): void => {
    if (type === "ERROR") ended.abort();
    else if (type === "BOOKMARK") return;
    else applyEvent(objects, type, object as T);
    // Looks run one after another; events that come during one share the next, so that a slow look falls behind no more than once.
    if (waiting) return;
    waiting = true;
    looking = looking
      .then(async () => {
        waiting = false;
        if (outcome !== undefined || ended.signal.aborted || signal.aborted) return;
        const result = await look(objects);
        if (!result.done) return;
        outcome = result;
        ended.abort();
      })
      .catch((thrown: unknown) => {
        failure = thrown;
        ended.abort();
      });
  };
  const query: Record<string, string> = { resourceVersion: list.resourceVersion };
  if (selection.fields !== undefined) query["fieldSelector"] = selection.fields;
  if (selection.labels !== undefined) query["labelSelector"] = selection.labels;
  const started = Date.now();
  await kube.connection
    .watch(pathOf(resource, selection), query, onEvent, AbortSignal.any([signal, ended.signal]))
    .catch(() => undefined);
  await looking;
  if (failure !== undefined) throw toError(failure);
  // A server that refuses watches at once must not be asked thousands of times a second.
  if (outcome === undefined && Date.now() - started < 100 && !signal.aborted)
    await delay(100, undefined, { signal });
  return outcome;
}

function applyEvent<T extends KubeObject>(objects: Map<string, T>, type: string, object: T): void {
  if (type === "DELETED") objects.delete(keyOf(object));
  else objects.set(keyOf(object), object);
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

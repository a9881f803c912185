// SPDX-License-Identifier: Apache-2.0
import { isKitError, KitError } from "../support/errors.ts";
import { describePod, describeRollout, isPodReady, isRolledOut } from "./conditions.ts";
import type { KubeClient } from "./kube-client.ts";
import type { NewObject, Pod, Workload } from "./objects.ts";
import { type Resource, resources } from "./resources.ts";
import { untilObject, waitTimeout } from "./watch.ts";

export interface RolloutOptions {
  /** For objects that name none. Default `default`. */
  readonly namespace?: string;
  /** Milliseconds one rollout may take. Default 120 s. */
  readonly rolloutTimeout?: number;
  readonly signal?: AbortSignal;
  /** Called with each thing that is about to be done. */
  readonly onStep?: (step: string) => void;
}

/** Kinds that roll out. */
export const workloadKinds: Readonly<Record<string, Resource<Workload>>> = {
  Deployment: resources.deployments,
  StatefulSet: resources.statefulSets,
  DaemonSet: resources.daemonSets,
};

/** So many pods say why they are not ready; the others usually wait for the same. */
const shownPods = 3;

/**
 * Waits until a Deployment, StatefulSet or DaemonSet is rolled out; anything else is at once.
 * @throws KitError {@link waitTimeout} that says what its pods wait for
 */
export async function untilRolledOut(
  kube: KubeClient,
  object: Pick<NewObject, "kind" | "metadata">,
  options: RolloutOptions,
): Promise<void> {
  const resource = workloadKinds[object.kind];
  if (resource === undefined) return;
  const { name } = object.metadata;
  const namespace = object.metadata.namespace ?? options.namespace ?? "default";
  options.onStep?.(`wait for ${object.kind} ${name}`);
  const wait = {
    what: `${object.kind} ${namespace}/${name} to be rolled out`,
    timeout: options.rolloutTimeout ?? 120_000,
    named: "rollout",
    signal: options.signal,
  };
  let last: Workload | undefined;
  try {
    await untilObject(kube, { resource, namespace, name }, wait, (workload) => {
      last = workload;
      return workload !== undefined && isRolledOut(workload)
        ? { done: true, value: undefined }
        : { done: false, seen: describeRollout(workload) };
    });
  } catch (thrown) {
    if (!isKitError(thrown) || thrown.code !== waitTimeout || last === undefined) throw thrown;
    throw await withPods(kube, thrown, { namespace, workload: last });
  }
}

/** The same time-out with the words of the pods that are not ready. */
async function withPods(
  kube: KubeClient,
  timeout: KitError,
  { namespace, workload }: { readonly namespace: string; readonly workload: Workload },
): Promise<KitError> {
  const labels = Object.entries(workload.spec?.selector?.matchLabels ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  );
  if (labels.length === 0) return timeout;
  const listed = await kube
    .list(resources.pods, { namespace, labels: labels.join(",") })
    .catch(() => undefined);
  const why = describeUnready(listed?.items ?? []);
  if (why === undefined) return timeout;
  const { message, details, cause } = timeout;
  const seen = `${String(details["seen"])}; ${why}`;
  return new KitError(waitTimeout, `${message}; ${why}`, { cause, details: { ...details, seen } });
}

/** What pods wait for, in words; undefined when all are ready. */
export function describeUnready(pods: readonly Pod[]): string | undefined {
  const unready = pods.filter((pod) => !isPodReady(pod));
  if (unready.length === 0) return undefined;
  const shown = unready.slice(0, shownPods).map((pod) => `pod ${pod.metadata.name}: ${describePod(pod)}`);
  const more = unready.length - shown.length;
  return [...shown, ...(more === 0 ? [] : [`${String(more)} more`])].join("; ");
}

// SPDX-License-Identifier: Apache-2.0
import type { CatalogueCase } from "../../catalogue/load.ts";
import { describePod, isPodReady } from "../../kube/conditions.ts";
import type { KubeClient } from "../../kube/kube-client.ts";
import type { Pod } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject, untilObjects, type Snapshotted } from "../../kube/watch.ts";
import { type TakenReport, takeFromPod } from "./take-report.ts";
import type { WorkOrder } from "./work-order.ts";
import { workerJob, type WorkerGroup } from "./worker-job.ts";
import type { WorkerSite } from "./worker-objects.ts";
import { WorkerWatch } from "./worker-watch.ts";

export interface WorkersRequest {
  readonly kube: KubeClient;
  readonly site: WorkerSite;
  readonly order: WorkOrder;
  readonly cases: readonly CatalogueCase[];
  readonly runDirectory: string;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** What came of the workers, by their index in the order; filled while they run. */
export interface WorkersFound {
  /** One that was lost for good has none. */
  readonly reports: Map<number, TakenReport>;
  /** Pods that were lost before they left a report. */
  readonly lost: Map<number, readonly string[]>;
}

/** Seconds beside the limits of its cases: for pods to start, to be replaced, and to be asked. */
const allowance = 1800;

/** Runs all workers, first those beside each other, then the one alone. */
export async function runWorkers(request: WorkersRequest, found: WorkersFound): Promise<void> {
  const { workers } = request.order;
  const beside = workers.filter(({ alone }) => !alone).length;
  const groups = [
    { name: "beside", first: 0, count: beside },
    { name: "alone", first: beside, count: workers.length - beside },
  ];
  for (const group of groups) if (group.count > 0) await runJob(request, group, found);
}

async function runJob(request: WorkersRequest, group: WorkerGroup, found: WorkersFound): Promise<void> {
  const { kube, site, print, signal: interrupted } = request;
  const seconds = secondsFor(request, group);
  await kube.apply(resources.jobs, workerJob(site, group, seconds), { signal: interrupted });
  // the Job ends itself at its deadline, or when a worker was lost too often
  const ended = new AbortController();
  const signal = AbortSignal.any([interrupted, ended.signal]);
  const wait = { timeout: (seconds + allowance) * 1000, named: "workers", signal };
  const collecting = collect(request, group, found, wait);
  const failing = untilFailed(kube, { namespace: site.namespace, name: group.name }, wait).then((why) =>
    print(`workers were given up: ${why}`),
  );
  try {
    await Promise.race([collecting, failing]);
  } finally {
    ended.abort(new Error("the workers have ended"));
    await Promise.allSettled([collecting, failing]);
  }
}

function secondsFor({ order, cases }: WorkersRequest, { first, count }: WorkerGroup): number {
  const ids = new Set(order.workers.slice(first, first + count).flatMap(({ caseIds }) => caseIds));
  const limits = cases.filter(({ id }) => ids.has(id)).map(({ meta }) => meta.cost.limitSeconds);
  return limits.reduce((sum, limit) => sum + limit, allowance);
}

interface WorkersWait {
  readonly timeout: number;
  readonly named: string;
  readonly signal: AbortSignal;
}

/** Takes each report when it is whole. */
async function collect(
  request: WorkersRequest,
  { name, first, count }: WorkerGroup,
  { reports, lost }: WorkersFound,
  wait: WorkersWait,
): Promise<void> {
  const { kube, site, order } = request;
  const watch = new WorkerWatch((index, what) => {
    const { length } = order.workers[index]?.caseIds ?? [];
    const part = length === 1 ? "1 case" : `${String(length)} cases`;
    request.print(`worker ${String(index + 1)} (${part}) ${what}`);
  });
  const look = async (pods: Snapshotted<Pod>): Promise<number> => {
    const indexed = [...pods.values()].map((pod) => ({ pod, index: first + indexOf(pod) }));
    watch.look(indexed, (index) => reports.has(index));
    for (const [index, words] of watch.lost) lost.set(index, words);
    for (const { pod, index } of indexed) {
      if (reports.has(index) || !isPodReady(pod)) continue;
      const taken = await takeFromPod(request, { pod, index });
      if (taken !== undefined) reports.set(index, taken);
    }
    return count - [...reports.keys()].filter((index) => index >= first).length;
  };
  await untilObjects(
    kube,
    {
      resource: resources.pods,
      selection: { namespace: site.namespace, labels: `batch.kubernetes.io/job-name=${name}` },
    },
    { ...wait, what: `${String(count)} workers to leave their reports` },
    async (pods) => {
      const left = await look(pods);
      return left === 0
        ? { done: true, value: undefined }
        : { done: false, seen: `${String(left)} not yet: ${[...pods.values()].map(describePod).join("; ")}` };
    },
  );
}

function indexOf({ metadata }: Pod): number {
  return Number(metadata.labels?.["batch.kubernetes.io/job-completion-index"] ?? 0);
}

/** Why a Job failed, in words. */
async function untilFailed(
  kube: KubeClient,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  wait: WorkersWait,
): Promise<string> {
  const target = { resource: resources.jobs, namespace, name };
  return untilObject(kube, target, { ...wait, what: `job ${name} to end` }, (job) => {
    const failed = job?.status?.conditions?.find(
      ({ type, status }) => type === "Failed" && status === "True",
    );
    if (failed === undefined) return { done: false, seen: "running" };
    return { done: true, value: failed.message ?? failed.reason ?? "no reason given" };
  });
}

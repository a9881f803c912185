// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import type { CatalogueCase } from "../../catalogue/load.ts";
import { Journal } from "../../cluster/journal.ts";
import type { RunningCluster } from "../../cluster/provider.ts";
import type { DriverProfile } from "../../driver/profile.ts";
import { applyObjects, readManifests } from "../../kube/apply.ts";
import type { KubeClient } from "../../kube/kube-client.ts";
import { resources } from "../../kube/resources.ts";
import { isKitError, toError } from "../../support/errors.ts";
import { packageRoot } from "../../support/paths.ts";
import { asInstalled } from "../joining.ts";
import { copyEvidence } from "../open-shard.ts";
import { type InClusterFound, joinWorkers } from "./join-workers.ts";
import { planWorkers } from "./plan-workers.ts";
import { runWorkers, type WorkersFound } from "./run-workers.ts";
import type { WorkOrder } from "./work-order.ts";
import { orderFiles, siteNamespace, siteObjects, type WorkerSite } from "./worker-objects.ts";

/** A run whose cases are run by pods of the cluster itself. */
export interface InClusterRequest {
  readonly cluster: RunningCluster;
  readonly kube: KubeClient;
  readonly profile: DriverProfile;
  readonly cases: readonly CatalogueCase[];
  readonly workers: number;
  readonly kitImage: string;
  readonly runDirectory: string;
  readonly order: Omit<WorkOrder, "probeImage" | "workers">;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** Shares the cases out among pods and takes their reports as they end. What it adds to the cluster, {@link leaveWorkers} removes. */
export async function runInCluster(request: InClusterRequest): Promise<InClusterFound> {
  const { cluster, profile, kitImage, signal } = request;
  const driver = profile.spec.driver.name;
  const namespace = `seaworthy-run-${randomBytes(3).toString("hex")}`;
  const site = { namespace, driver, kitImage };
  const order = makeOrder(request, namespace);
  // a cluster of the kit is in its own journal
  if (cluster.provider === "existing")
    await new Journal(cluster.name).record({ kind: "workers", kubeconfig: cluster.kubeconfig, driver });
  await prepareSite(request, site, order);
  request.print(`workers: ${String(order.workers.length)}, in namespace ${namespace}`);
  const found: WorkersFound = { reports: new Map(), lost: new Map() };
  const failure = await runWorkers({ ...request, site, order }, found).then(
    () => undefined,
    (thrown: unknown) => {
      signal.throwIfAborted();
      if (isKitError(thrown) && thrown.kind === "usage") throw thrown;
      return toError(thrown).message;
    },
  );
  for (const report of found.reports.values()) await copyEvidence(report, request.runDirectory);
  return joinWorkers({ ...request, order }, found, failure);
}

async function prepareSite(
  { kube, profile, signal }: InClusterRequest,
  site: WorkerSite,
  order: WorkOrder,
): Promise<void> {
  // mutants are no worker's business
  const spec = { ...asInstalled(profile).spec, mutants: undefined };
  const files = orderFiles(order, { ...profile, spec });
  const rbac = await readManifests([join(packageRoot, "fixtures/rbac/certify.yaml")]);
  const { metadata } = await kube.apply(resources.namespaces, siteNamespace(site), { signal });
  await applyObjects(kube, siteObjects(site, metadata.uid, rbac, files), { signal });
}

function makeOrder({ cases, workers, kitImage, order }: InClusterRequest, namespace: string): WorkOrder {
  return {
    ...order,
    probeImage: kitImage,
    workers: planWorkers(cases, workers).map((plan, index) => ({
      caseIds: [...plan.caseIds],
      alone: plan.alone,
      runId: createHash("sha256")
        .update(`${namespace}/${String(index)}`)
        .digest("hex")
        .slice(0, 6),
    })),
  };
}

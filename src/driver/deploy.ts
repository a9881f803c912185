// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import type { RunningCluster } from "../cluster/provider.ts";
import { applyObjects, readManifests } from "../kube/apply.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import type { NewObject } from "../kube/objects.ts";
import { returnAllToService } from "../kube/out-of-service.ts";
import { takeRelaysOut } from "../kube/relay-removal.ts";
import { resources } from "../kube/resources.ts";
import { untilRolledOut } from "../kube/rollout.ts";
import { untilObjects } from "../kube/watch.ts";
import { KitError } from "../support/errors.ts";
import { packageRoot } from "../support/paths.ts";
import { checkClasses } from "./check-classes.ts";
import type { DriverCopy } from "./driver-copy.ts";
import type { DriverVariant } from "./driver-variant.ts";
import type { DriverProfile } from "./profile.ts";
import { heedScheduler } from "./heed-scheduler.ts";
import { classObjects } from "./profile-objects.ts";
import { manifestFiles, readDriverObjects, readObjectsOf } from "./read-objects.ts";
import { requireReadyWorkloads } from "./ready-workloads.ts";
import { runInstaller } from "./run-installer.ts";
import { stampWorkload } from "./stamp-workload.ts";

/** What is deployed where. */
export interface Deployment {
  readonly cluster: RunningCluster;
  readonly kube: KubeClient;
  readonly profile: DriverProfile;
  /** The profile's own path: its manifests are relative to it. */
  readonly profileFile: string;
  /** Folder of the snapshot CustomResourceDefinitions; undefined where the kit installs no add-ons. */
  readonly snapshotCrds: string | undefined;
  /** Driver image the kit built; undefined when the manifests name one that can be pulled. */
  readonly image: string | undefined;
  /** Makes the driver a copy beside others, under names of its own. */
  readonly copy?: DriverCopy;
  /** Deploy this instead of the driver. */
  readonly variant?: DriverVariant;
  readonly signal?: AbortSignal;
}

/** Applies add-ons and the driver, and waits until its workloads are rolled out and every node with pools has registered it. */
export async function deployDriver(deployment: Deployment, say: (doing: string) => void): Promise<void> {
  const { cluster, kube, profile, profileFile, variant, signal } = deployment;
  const { install, timeouts } = profile.spec;
  const objects = await readDriverObjects(install, profileFile);
  const own = deployment.copy?.objects(objects) ?? [...objects, ...(await extenderObjects(deployment))];
  const driver = own.map((object) =>
    stampWorkload(heedScheduler(object, cluster.scheduler), { image: deployment.image, variant, profile }),
  );
  const all = [...(await addonObjects(deployment)), ...driver, ...classObjects(profile)];
  requireReadyWorkloads(driver, profile, profileFile);
  await returnAllToService(kube, profile.spec.driver.name);
  await takeRelaysOut(kube, [...new Set(profile.spec.install.ready.map(({ namespace }) => namespace))]);
  const rolloutTimeout = timeouts.driverReady * 1000;
  const options = { rolloutTimeout, onStep: say, ...(signal === undefined ? {} : { signal }) };
  await applyObjects(kube, all, options);
  await runInstaller({ install, profileFile, kubeconfig: deployment.cluster.kubeconfig, signal }, say);
  await Promise.all(
    install.ready.map(({ kind, ...metadata }) => untilRolledOut(kube, { kind, metadata }, options)),
  );
  await checkClasses(kube, profile, profileFile);
  say("wait for the driver to register on every node");
  await untilRegistered(deployment);
}

/** A cluster has one extender for all copies of a driver: only the driver itself brings it. */
async function extenderObjects({ cluster, profile, profileFile }: Deployment): Promise<NewObject[]> {
  return cluster.scheduler.extender ? readObjectsOf(profile.spec.install.extender, profileFile) : [];
}

/** A cluster of someone else's must have them already: two snapshot controllers would work against each other. */
async function addonObjects({ kube, profile, snapshotCrds }: Deployment): Promise<NewObject[]> {
  if (!profile.spec.install.addons.includes("snapshot-controller")) return [];
  if (snapshotCrds === undefined) {
    await requireSnapshotApi(kube);
    return [];
  }
  const crds = (await manifestFiles(snapshotCrds)).filter((file) =>
    /\/(group)?snapshot\.storage\.k8s\.io_/.test(file),
  );
  return readManifests([
    ...crds,
    ...(await manifestFiles(join(packageRoot, "fixtures/addons/snapshot-controller"))),
  ]);
}

async function requireSnapshotApi(kube: KubeClient): Promise<void> {
  const name = "volumesnapshots.snapshot.storage.k8s.io";
  if ((await kube.find(resources.definitions, { name })) !== undefined) return;
  throw new KitError(
    "ADDON_MISSING",
    `the cluster has no ${name}, which the profile's snapshot-controller serves`,
    {
      kind: "usage",
      hint: "install the snapshot controller and its definitions first; the kit installs add-ons only in clusters of its own",
    },
  );
}

/** The kubelet writes the driver into CSINode when its plug-in has registered; until then no volume can be placed there. */
async function untilRegistered({ cluster, kube, profile, signal }: Deployment): Promise<void> {
  const workers = cluster.nodes.filter((node) => !node.controlPlane).map((node) => node.name);
  const driver = profile.spec.driver.name;
  const wait = {
    what: `${driver} to be in CSINode of ${workers.join(", ")}`,
    timeout: profile.spec.timeouts.driverReady * 1000,
    named: "driverReady",
    signal,
  };
  await untilObjects(kube, { resource: resources.csiNodes, selection: {} }, wait, (nodes) => {
    const missing = workers.filter(
      (worker) => !nodes.get(`/${worker}`)?.spec.drivers?.some((entry) => entry.name === driver),
    );
    return missing.length === 0
      ? { done: true, value: undefined }
      : { done: false, seen: `not yet on ${missing.join(", ")}` };
  });
}

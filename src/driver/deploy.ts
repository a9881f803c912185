// SPDX-License-Identifier: Apache-2.0
import { readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { RunningCluster } from "../cluster/provider.ts";
import { applyObjects, readManifests } from "../kube/apply.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import type { NewObject } from "../kube/objects.ts";
import { resources } from "../kube/resources.ts";
import { untilObjects } from "../kube/watch.ts";
import { KitError } from "../support/errors.ts";
import { packageRoot } from "../support/paths.ts";
import type { DriverCopy } from "./driver-copy.ts";
import type { DriverProfile } from "./profile.ts";
import { heedScheduler } from "./heed-scheduler.ts";
import { stampWorkload } from "./stamp-workload.ts";

/** What is deployed where. */
export interface Deployment {
  readonly cluster: RunningCluster;
  readonly kube: KubeClient;
  readonly profile: DriverProfile;
  /** The profile's own path: its manifests are relative to it. */
  readonly profileFile: string;
  /** Folder of the snapshot CustomResourceDefinitions. */
  readonly snapshotCrds: string;
  /** Driver image the kit built; undefined when the manifests name one that can be pulled. */
  readonly image: string | undefined;
  /** Makes the driver a copy beside others, under names of its own. */
  readonly copy?: DriverCopy;
  /** Deploy this broken variant instead of the driver. */
  readonly mutant?: string;
  readonly signal?: AbortSignal;
}

/** Applies add-ons and the driver, and waits until its workloads are rolled out and every node with pools has registered it. */
export async function deployDriver(deployment: Deployment, say: (doing: string) => void): Promise<void> {
  const { cluster, kube, profile, profileFile, mutant, signal } = deployment;
  const { timeouts } = profile.spec;
  const objects = await driverObjects(profile, profileFile);
  const own = deployment.copy?.objects(objects) ?? [...objects, ...(await extenderObjects(deployment))];
  const driver = own.map((object) =>
    stampWorkload(heedScheduler(object, cluster.scheduler), { image: deployment.image, mutant, profile }),
  );
  const all = [...(await addonObjects(deployment)), ...driver];
  requireReadyWorkloads(driver, profile, profileFile);
  const rolloutTimeout = timeouts.driverReady * 1000;
  await applyObjects(kube, all, {
    rolloutTimeout,
    onStep: say,
    ...(signal === undefined ? {} : { signal }),
  });
  say("wait for the driver to register on every node");
  await untilRegistered(deployment);
}

/** The objects of the manifests a profile names. */
export async function driverObjects(profile: DriverProfile, profileFile: string): Promise<NewObject[]> {
  return readAll(profile.spec.install.manifests, profileFile);
}

/** A cluster has one extender for all copies of a driver: only the driver itself brings it. */
async function extenderObjects({ cluster, profile, profileFile }: Deployment): Promise<NewObject[]> {
  return cluster.scheduler.extender ? readAll(profile.spec.install.extender, profileFile) : [];
}

async function readAll(entries: readonly string[], profileFile: string): Promise<NewObject[]> {
  const files = entries.map((entry) => manifestFiles(resolve(dirname(profileFile), entry)));
  return readManifests((await Promise.all(files)).flat());
}

async function addonObjects(deployment: Deployment): Promise<NewObject[]> {
  if (!deployment.profile.spec.install.addons.includes("snapshot-controller")) return [];
  const crds = (await manifestFiles(deployment.snapshotCrds)).filter((file) =>
    file.includes("/snapshot.storage.k8s.io_"),
  );
  return readManifests([
    ...crds,
    ...(await manifestFiles(join(packageRoot, "fixtures/addons/snapshot-controller"))),
  ]);
}

/** YAML files of a folder in name order, or the file itself. */
async function manifestFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new KitError("MANIFESTS_MISSING", `${path}: no such file or folder`, {
      kind: "usage",
      hint: "correct spec.install.manifests in the profile",
    });
  }
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter(
    (name) => /\.ya?ml$/.test(name) && name !== "kustomization.yaml",
  );
  return names.sort().map((name) => join(path, name));
}

function requireReadyWorkloads(objects: readonly NewObject[], profile: DriverProfile, file: string): void {
  for (const { kind, namespace, name } of profile.spec.install.ready) {
    const there = objects.some(
      (object) =>
        object.kind === kind && object.metadata.name === name && object.metadata.namespace === namespace,
    );
    if (there) continue;
    throw new KitError(
      "WORKLOAD_UNKNOWN",
      `${file}: spec.install.ready names ${kind} ${namespace}/${name}, which no manifest makes`,
      { kind: "usage" },
    );
  }
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

// SPDX-License-Identifier: Apache-2.0
import type { KubeClient } from "../kube/kube-client.ts";
import type {
  CsiDriver,
  CsiNode,
  StorageClass,
  VolumeSnapshotClass,
  WorkloadWithPods,
} from "../kube/objects.ts";
import { resources } from "../kube/resources.ts";
import { KitError } from "../support/errors.ts";
import { suggest } from "../support/suggest.ts";

/** What a running driver shows of itself in the API, as far as a profile needs it. */
export interface DriverTraces {
  readonly driver: CsiDriver;
  /** Nodes the driver has registered on. */
  readonly csiNodes: readonly CsiNode[];
  readonly storageClasses: readonly StorageClass[];
  readonly snapshotClasses: readonly VolumeSnapshotClass[];
  /** All Deployments, DaemonSets and StatefulSets of the cluster, with their kinds. */
  readonly workloads: readonly WorkloadWithPods[];
}

/**
 * Reads all of it; writes nothing.
 * @throws KitError `DRIVER_NOT_FOUND` of kind `usage` naming the drivers there are
 */
export async function readDriverTraces(kube: KubeClient, name: string): Promise<DriverTraces> {
  const drivers = (await kube.list(resources.csiDrivers)).items;
  const driver = drivers.find((one) => one.metadata.name === name);
  if (driver === undefined) {
    const known = drivers.map((one) => one.metadata.name).sort();
    const near = suggest(name, known);
    throw new KitError("DRIVER_NOT_FOUND", `the cluster has no CSIDriver called ${name}`, {
      kind: "usage",
      hint: near === undefined ? `there are ${known.join(", ") || "none"}` : `did you mean ${near}?`,
    });
  }
  const [csiNodes, storageClasses, snapshotClasses, workloads] = await Promise.all([
    kube.list(resources.csiNodes),
    kube.list(resources.storageClasses),
    listSnapshotClasses(kube),
    listWorkloads(kube),
  ]);
  return {
    driver,
    csiNodes: csiNodes.items.filter((node) => node.spec.drivers?.some((one) => one.name === name)),
    storageClasses: storageClasses.items.filter((one) => one.provisioner === name),
    snapshotClasses: snapshotClasses.filter((one) => one.driver === name),
    workloads,
  };
}

async function listSnapshotClasses(kube: KubeClient): Promise<readonly VolumeSnapshotClass[]> {
  const name = "volumesnapshotclasses.snapshot.storage.k8s.io";
  const definition = await kube.find(resources.definitions, { name });
  return definition === undefined ? [] : (await kube.list(resources.snapshotClasses)).items;
}

/** A list's items do not say their kind. */
async function listWorkloads(kube: KubeClient): Promise<WorkloadWithPods[]> {
  const kinds = [resources.deployments, resources.daemonSets, resources.statefulSets];
  const lists = await Promise.all(
    kinds.map(async (resource) =>
      (await kube.list(resource)).items.map((item) => ({
        ...(item as WorkloadWithPods),
        kind: resource.kind,
      })),
    ),
  );
  return lists.flat();
}

// SPDX-License-Identifier: Apache-2.0
import { watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import type { KubernetesObject } from "@kubernetes/client-node";
import { createEventWriter } from "../cluster/event-writer.ts";
import type { ResourceObject } from "../cluster/resources.ts";
import { watchObjects } from "../cluster/watch-objects.ts";
import { findVolumes } from "../discoverer/find-volumes.ts";
import { keepVolumes } from "../discoverer/keep-volumes.ts";
import { NODE_LABEL } from "../discoverer/static-volume.ts";
import type { StaticVolume } from "../discoverer/static-volume.ts";
import { createVolumeWriter } from "../discoverer/volume-writer.ts";
import { log, messageOf } from "../support/log.ts";
import type { Flags } from "./flags.ts";
import { serveHealth } from "./health.ts";
import { loadKubeConfig } from "./kube-config.ts";
import type { Stop } from "./process.ts";
import { repeat } from "./repeat.ts";
import type { Services } from "./services.ts";

/** A mount over a folder that was there changes nothing in the folder above it. */
const ROUND_MS = 10_000;

interface StorageClass extends ResourceObject {
  reclaimPolicy?: string;
}

/** Makes PersistentVolumes of what a folder of this node holds, and cleans those that are given back. */
export async function runDiscoverer(services: Services, flags: Flags, stops: Stop[]): Promise<void> {
  const config = loadKubeConfig();
  const { node, staticDir, staticClass } = flags;
  await mkdir(staticDir, { recursive: true });
  const wake = (): void => rounds.soon();
  const firstSight = (changed?: KubernetesObject): void => {
    if (changed === undefined) wake();
  };
  const named = (name: string) => ({ fieldSelector: `metadata.name=${name}` });
  const kind = (apiVersion: string, name: string, plural: string) => ({ apiVersion, kind: name, plural });
  const volumes = watchObjects<StaticVolume & KubernetesObject>(
    config,
    { ...kind("v1", "PersistentVolume", "persistentvolumes"), labelSelector: `${NODE_LABEL}=${node}` },
    wake,
  );
  const classes = watchObjects<StorageClass & KubernetesObject>(
    config,
    { ...kind("storage.k8s.io/v1", "StorageClass", "storageclasses"), ...named(staticClass) },
    wake,
  );
  // The kubelet writes to its node every few seconds; its labels are read in the next round.
  const nodes = watchObjects(config, { ...kind("v1", "Node", "nodes"), ...named(node) }, firstSight);
  const parts = {
    statics: services.createStaticVolumes({ node }),
    writer: createVolumeWriter(config),
    events: createEventWriter(config, "seaworthy-discoverer", node),
    told: new Set<string>(),
  };
  const synced = (): boolean => [volumes, classes, nodes].every((one) => one.synced());
  const round = async (): Promise<void> => {
    const storageClass = classes.objects.get(staticClass);
    const self = nodes.objects.get(node);
    if (!synced() || storageClass === undefined || self === undefined) return;
    const context = {
      node,
      hostname: self.metadata?.labels?.["kubernetes.io/hostname"] ?? node,
      storageClass: staticClass,
      reclaimPolicy: storageClass.reclaimPolicy ?? "Delete",
    };
    // Each instance of the driver has a class, a folder and a discoverer of its own.
    const own = volumes.objects.list().filter(({ spec }) => spec.storageClassName === staticClass);
    await keepVolumes(parts, context, await findVolumes(staticDir), own);
  };
  const rounds = repeat(round, ROUND_MS, (error) =>
    log({ event: "round failed", message: messageOf(error) }),
  );
  const watcher = watch(staticDir, wake);
  const stopHealth = await serveHealth(flags.healthPort, synced);
  stops.push(
    () => watcher.close(),
    () => rounds.stop(),
    stopHealth,
    ...[volumes, classes, nodes].map((one) => () => one.stop()),
  );
}

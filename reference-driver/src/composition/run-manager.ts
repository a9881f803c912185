// SPDX-License-Identifier: Apache-2.0
import type { KubernetesObject } from "@kubernetes/client-node";
import { CustomResource } from "../cluster/custom-resource.ts";
import { createEventWriter } from "../cluster/event-writer.ts";
import { GROUP, VERSION } from "../cluster/resources.ts";
import type { NodeLocalStorage, ResourceObject } from "../cluster/resources.ts";
import { watchObjects } from "../cluster/watch-objects.ts";
import { managePools } from "../manager/manage-pools.ts";
import { createNodeFiles } from "../manager/node-files.ts";
import { log, messageOf } from "../support/log.ts";
import type { Flags } from "./flags.ts";
import { serveHealth } from "./health.ts";
import { loadKubeConfig } from "./kube-config.ts";
import type { Stop } from "./process.ts";
import { repeat } from "./repeat.ts";
import type { Services } from "./services.ts";

/** Devices come and go without a word to us. */
const ROUND_MS = 15_000;

interface StorageClass extends ResourceObject {
  provisioner: string;
  parameters?: Record<string, string>;
}

/** The LVM manager of a node, one for all instances of the driver. */
export async function runManager(_services: Services, flags: Flags, stops: Stop[]): Promise<void> {
  const config = loadKubeConfig();
  const { node, driverName } = flags;
  process.env["LVM_SYSTEM_DIR"] ??= flags.lvmSystemDir;
  const parts = {
    files: createNodeFiles(node, flags.pools, flags.lvmSystemDir),
    storages: new CustomResource<NodeLocalStorage>(config, "nodelocalstorages"),
    events: createEventWriter(config, "seaworthy-manager", node),
  };
  const wake = (): void => rounds.soon();
  let seen = false;
  // Heartbeats change these objects all the time; only the first sight of them is worth a round of its own.
  const firstSight = (): void => {
    if (!seen) wake();
  };
  const core = (apiVersion: string, kind: string, plural: string) => ({ apiVersion, kind, plural });
  const classes = watchObjects<StorageClass & KubernetesObject>(
    config,
    core("storage.k8s.io/v1", "StorageClass", "storageclasses"),
    // Of all others the pools do not depend.
    (changed) => {
      if (changed === undefined || changed.parameters?.["devices"] !== undefined) wake();
    },
  );
  const self = { ...core("v1", "Node", "nodes"), fieldSelector: `metadata.name=${node}` };
  // The kubelet writes to its node every few seconds; its labels are read in the next round.
  const nodes = watchObjects(config, self, firstSight);
  const storages = watchObjects<NodeLocalStorage & KubernetesObject>(
    config,
    core(`${GROUP}/${VERSION}`, "NodeLocalStorage", "nodelocalstorages"),
    firstSight,
  );
  const synced = (): boolean => [classes, nodes, storages].every((watch) => watch.synced());
  const round = async (): Promise<void> => {
    const self = nodes.objects.get(node);
    if (!synced() || self === undefined) return;
    seen = true;
    const all = storages.objects.list();
    // Whoever else calls a parameter `devices` means something of his own.
    const ours = new Set([driverName, ...all.map((storage) => storage.spec.driverName)]);
    await managePools(parts, {
      node: { name: node, labels: self.metadata?.labels ?? {} },
      storages: all.filter((storage) => storage.spec.node === node),
      classes: classes.objects
        .list()
        .flatMap(({ metadata, provisioner, parameters = {} }) =>
          ours.has(provisioner) ? [{ name: metadata?.name ?? "", provisioner, parameters }] : [],
        ),
    });
  };
  const rounds = repeat(round, ROUND_MS, (error) =>
    log({ event: "round failed", message: messageOf(error) }),
  );
  const stopHealth = await serveHealth(flags.healthPort, synced);
  stops.push(
    () => rounds.stop(),
    stopHealth,
    ...[classes, nodes, storages].map((watch) => () => watch.stop()),
  );
}

// SPDX-License-Identifier: Apache-2.0
import path from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { serveRegistration } from "../agent/kubelet-registration.ts";
import { startAgent } from "../agent/node-agent.ts";
import { readNodeTopology } from "../agent/node-topology.ts";
import { holdLease } from "../agent/zone-lease.ts";
import { createStorageReport } from "../agent/storage-report.ts";
import { CustomResource } from "../cluster/custom-resource.ts";
import type { NodeLocalStorage } from "../cluster/resources.ts";
import { VolumeRecords } from "../cluster/volume-records.ts";
import { startServer } from "../grpc/grpc-server.ts";
import { watchPoolsFile } from "../store/watch-pools-file.ts";
import { KeyedLocks } from "../support/keyed-locks.ts";
import { log } from "../support/log.ts";
import { serveIdentity, serveNode } from "./csi-services.ts";
import type { Flags } from "./flags.ts";
import { serveHealth } from "./health.ts";
import { loadKubeConfig } from "./kube-config.ts";
import { openStore } from "./open-store.ts";
import { fail } from "./process.ts";
import type { Stop } from "./process.ts";
import type { Services } from "./services.ts";

/** Identity, Node and the agent that cuts this node's volumes. */
export async function runNode(services: Services, flags: Flags, stops: Stop[]): Promise<void> {
  const config = loadKubeConfig();
  const { driverName, node } = flags;
  const { store, place } = await openStore(services, flags, new KeyedLocks());
  const segments = await readNodeTopology(config, node, flags.scope);
  const records = new VolumeRecords(config, driverName);

  const startWork = async (): Promise<void> => {
    const storages = new CustomResource<NodeLocalStorage>(config, "nodelocalstorages");
    const storageReport = createStorageReport({ driverName, node: place, segments, store, storages });
    stops.push(await storageReport.start());
    const report = () => storageReport.publish();
    const reconciler = services.createReconciler({ node: place, store, records, report });
    stops.push(startAgent({ node: place, records, reconciler }));
    await records.start();
    stops.push(() => records.stop());
  };
  if (flags.scope === "node") await startWork();
  else
    void untilChosen(flags, place, config)
      .then((stopLease) => stops.push(stopLease))
      .then(startWork)
      .catch(fail);

  let registered = false;
  const nodeService = services.createNode({
    store,
    node,
    segments,
    records,
    maxVolumes: flags.maxVolumes,
    attachedTo: flags.scope === "zone" ? (id) => attachedNode(records, id) : undefined,
  });
  const server = await startServer(flags.endpoint, [serveIdentity(flags), serveNode(nodeService)]);
  const registration = await serveRegistration({
    driverName,
    registrationDir: flags.registrationDir,
    csiSocket: path.join(flags.kubeletDir, "plugins", driverName, "csi.sock"),
    onRegistered: () => {
      registered = true;
    },
    onRefused: (reason) => fail(new Error(`the kubelet refused to register ${driverName}: ${reason}`)),
  });
  const stopHealth = await serveHealth(flags.healthPort, () => registered);
  // The kubelet starts it anew with the pools as they are then; mounted volumes do not notice.
  const stopWatch = await watchPoolsFile(flags.pools, () => {
    log({ event: "pools changed", file: flags.pools });
    process.kill(process.pid, "SIGTERM");
  });
  stops.push(
    () => registration.stop(),
    () => server.stop(),
    stopHealth,
    stopWatch,
  );
}

/** Of the nodes that share a zone's pools one changes them; another takes its place when it is gone. */
function untilChosen(flags: Flags, zone: string, config: KubeConfig): Promise<Stop> {
  return holdLease({
    config,
    namespace: flags.namespace,
    name: `${zone}.${flags.driverName}`,
    holder: flags.node,
    onLost: () => fail(new Error(`the lease of ${zone} was lost: another node may change its pools now`)),
  });
}

/** The node a volume is attached to, when it has been taken from all others. */
async function attachedNode(records: VolumeRecords, id: string): Promise<string | undefined> {
  const record = await records.resource.get(id);
  const { attachedTo } = record?.spec ?? {};
  return attachedTo === record?.status?.attachedTo ? attachedTo : undefined;
}

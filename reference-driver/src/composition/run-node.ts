// SPDX-License-Identifier: Apache-2.0
import path from "node:path";
import { serveRegistration } from "../agent/kubelet-registration.ts";
import { startAgent } from "../agent/node-agent.ts";
import { readNodeTopology } from "../agent/node-topology.ts";
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
  const store = await openStore(services, flags, new KeyedLocks());
  const segments = await readNodeTopology(config, node);

  const storages = new CustomResource<NodeLocalStorage>(config, "nodelocalstorages");
  const storageReport = createStorageReport({ driverName, node, segments, store, storages });
  const stopReport = await storageReport.start();

  const records = new VolumeRecords(config, driverName);
  const reconciler = services.createReconciler({
    node,
    store,
    records,
    report: () => storageReport.publish(),
  });
  const stopAgent = startAgent({ node, records, reconciler });
  await records.start();

  let registered = false;
  const nodeService = services.createNode({
    store,
    node,
    segments,
    records,
    maxVolumes: flags.maxVolumes,
  });
  const server = await startServer(flags.endpoint, [
    serveIdentity(driverName, () => true),
    serveNode(nodeService),
  ]);
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
    () => records.stop(),
    stopAgent,
    stopReport,
    stopHealth,
    stopWatch,
  );
}

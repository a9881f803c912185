// SPDX-License-Identifier: Apache-2.0
import { CustomResource } from "../cluster/custom-resource.ts";
import type { NodeLocalStorage } from "../cluster/resources.ts";
import { VolumeRecords } from "../cluster/volume-records.ts";
import { startServer } from "../grpc/grpc-server.ts";
import { KeyedLocks } from "../support/keyed-locks.ts";
import { serveController, serveIdentity } from "./csi-services.ts";
import type { Flags } from "./flags.ts";
import { serveHealth } from "./health.ts";
import { loadKubeConfig } from "./kube-config.ts";
import type { Stop } from "./process.ts";
import type { Services } from "./services.ts";

/** Identity and Controller for the whole cluster. */
export async function runController(services: Services, flags: Flags, stops: Stop[]): Promise<void> {
  const config = loadKubeConfig();
  const { driverName } = flags;
  const records = new VolumeRecords(config, driverName);
  const storages = new CustomResource<NodeLocalStorage>(config, "nodelocalstorages");
  await records.start();
  const backEnd = services.createClusterBackEnd({ driverName, records, storages });
  const controller = services.createController({ backEnd, locks: new KeyedLocks() });
  const server = await startServer(flags.endpoint, [
    serveIdentity(driverName, () => true),
    serveController(controller),
  ]);
  const stopHealth = await serveHealth(flags.healthPort, () => true);
  stops.push(
    () => server.stop(),
    () => records.stop(),
    stopHealth,
  );
}

// SPDX-License-Identifier: Apache-2.0
import { startServer } from "../grpc/grpc-server.ts";
import { KeyedLocks } from "../support/keyed-locks.ts";
import { serveController, serveGroupController, serveIdentity, serveNode } from "./csi-services.ts";
import type { Flags } from "./flags.ts";
import { serveHealth } from "./health.ts";
import { openStore } from "./open-store.ts";
import type { Stop } from "./process.ts";
import type { Services } from "./services.ts";

/** Identity, Controller and Node on this machine's own pools, with no cluster. */
export async function runStandalone(services: Services, flags: Flags, stops: Stop[]): Promise<void> {
  const { driverName, node } = flags;
  const locks = new KeyedLocks();
  const store = await openStore(services, flags, locks);
  const segments = { "kubernetes.io/hostname": node };
  const backEnd = services.createLocalBackEnd(store, node, segments);
  const controller = services.createController({ backEnd, locks });
  const groupController = services.createGroupController({ backEnd, locks });
  const nodeService = services.createNode({
    store,
    node,
    segments,
    records: undefined,
    maxVolumes: flags.maxVolumes,
  });
  const server = await startServer(flags.endpoint, [
    serveIdentity(driverName, () => true),
    serveController(controller),
    serveGroupController(groupController),
    serveNode(nodeService),
  ]);
  const stopHealth = await serveHealth(flags.healthPort, () => true);
  stops.push(() => server.stop(), stopHealth);
}

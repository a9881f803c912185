// SPDX-License-Identifier: Apache-2.0
import { ZONE_KEY } from "../csi/placement.ts";
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
  const { node } = flags;
  const locks = new KeyedLocks();
  const { store, place } = await openStore(services, flags, locks);
  const { scope } = flags;
  const segments = { [scope === "zone" ? ZONE_KEY : "kubernetes.io/hostname"]: place };
  const backEnd = services.createLocalBackEnd(store, place, segments, node);
  const controller = services.createController({ backEnd, locks, scope, maxVolumes: flags.maxVolumes });
  const groupController = services.createGroupController({ backEnd, locks });
  const nodeService = services.createNode({
    store,
    node,
    segments,
    records: undefined,
    maxVolumes: flags.maxVolumes,
    attachedTo: scope === "zone" ? async (id) => (await store.find(id))?.attachedTo : undefined,
  });
  const server = await startServer(flags.endpoint, [
    serveIdentity(flags),
    serveController(controller),
    serveGroupController(groupController),
    serveNode(nodeService),
  ]);
  const stopHealth = await serveHealth(flags.healthPort, () => true);
  stops.push(() => server.stop(), stopHealth);
}

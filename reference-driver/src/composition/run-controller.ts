// SPDX-License-Identifier: Apache-2.0
import type { KubernetesObject } from "@kubernetes/client-node";
import { CustomResource } from "../cluster/custom-resource.ts";
import { createEventWriter } from "../cluster/event-writer.ts";
import { DRIVER_LABEL, GROUP, VERSION } from "../cluster/resources.ts";
import type { NodeLocalStorage } from "../cluster/resources.ts";
import { sweepFailed } from "../cluster/sweep-failed.ts";
import { VolumeRecords } from "../cluster/volume-records.ts";
import { watchObjects } from "../cluster/watch-objects.ts";
import { CsiError } from "../grpc/csi-error.ts";
import { startServer } from "../grpc/grpc-server.ts";
import { judgeHeartbeats } from "../manager/heartbeat-watch.ts";
import { KeyedLocks } from "../support/keyed-locks.ts";
import { log, messageOf } from "../support/log.ts";
import { serveController, serveGroupController, serveIdentity } from "./csi-services.ts";
import type { Flags } from "./flags.ts";
import { serveHealth } from "./health.ts";
import { loadKubeConfig } from "./kube-config.ts";
import type { Stop } from "./process.ts";
import { repeat } from "./repeat.ts";
import type { Services } from "./services.ts";

const ROUND_MS = 15_000;

/** Identity and Controller for the whole cluster. */
export async function runController(services: Services, flags: Flags, stops: Stop[]): Promise<void> {
  const config = loadKubeConfig();
  const { driverName } = flags;
  const records = new VolumeRecords(config, driverName);
  const storages = new CustomResource<NodeLocalStorage>(config, "nodelocalstorages");
  await records.start();
  const seen = watchObjects<NodeLocalStorage & KubernetesObject>(
    config,
    {
      apiVersion: `${GROUP}/${VERSION}`,
      kind: "NodeLocalStorage",
      plural: "nodelocalstorages",
      labelSelector: `${DRIVER_LABEL}=${driverName}`,
    },
    () => undefined,
  );
  const backEnd = services.createClusterBackEnd({
    driverName,
    config,
    records,
    storages,
    seenStorages: () => {
      if (!seen.synced()) throw new CsiError("UNAVAILABLE", "no pool has been seen yet");
      return seen.objects.list();
    },
  });
  const locks = new KeyedLocks();
  const controller = services.createController({
    backEnd,
    locks,
    scope: flags.scope,
    maxVolumes: flags.maxVolumes,
  });
  const groupController = services.createGroupController({ backEnd, locks });
  const server = await startServer(flags.endpoint, [
    serveIdentity(flags),
    serveController(controller),
    serveGroupController(groupController),
  ]);
  const events = createEventWriter(config, "seaworthy-controller", driverName);
  const parts = { storages, events, owner: "seaworthy-controller" };
  const round = async (): Promise<void> => {
    await judgeHeartbeats(parts, driverName);
    await sweepFailed(records);
  };
  const rounds = repeat(round, ROUND_MS, (error) =>
    log({ event: "round failed", message: messageOf(error) }),
  );
  const stopHealth = await serveHealth(flags.healthPort, () => true);
  stops.push(
    () => server.stop(),
    () => records.stop(),
    () => seen.stop(),
    () => rounds.stop(),
    stopHealth,
  );
}

// SPDX-License-Identifier: Apache-2.0
import type { NodeView } from "../catalogue/context/nodes.ts";
import { openCluster } from "../cluster/open.ts";
import type { RunningCluster } from "../cluster/provider.ts";
import { openKube } from "../kube/kube-client.ts";
import { Lookout } from "../kube/lookout.ts";
import { domainOf } from "./domains.ts";
import { BackEndLister, type Lister } from "./back-end-lister.ts";
import { listWorkers } from "./grants/nodes.ts";
import { mountLister, type NodeMount } from "./mount-points.ts";
import type { RunSettings } from "./settings.ts";
import { SocketLister } from "./socket-lister.ts";

/** What all cases of one worker share. */
export interface Worker {
  readonly cluster: RunningCluster;
  readonly workers: readonly NodeView[];
  /** Asked on the nodes where the profile says how, else by the driver's own list. */
  readonly backEnd: Lister | undefined;
  readonly mounts: (() => Promise<readonly NodeMount[]>) | undefined;
  readonly lookout: Lookout;
}

/** Opens the cluster that is up and looks at it once. */
export async function openWorker(settings: RunSettings): Promise<Worker> {
  const cluster = await openCluster(settings.cluster);
  const name = `seaworthy/${settings.kitVersion}`;
  const lookout = new Lookout(openKube(cluster.kubeconfig, `${name}::lookout`).connection).begin();
  const kube = openKube(cluster.kubeconfig, name, { signal: lookout.signal });
  const { backEndCommand, sockets, topologyKeys } = settings.driver;
  const workers = await listWorkers(kube, cluster.rackLabel);
  const domain = (node: string): string =>
    domainOf(
      workers.find((worker) => worker.name === node),
      topologyKeys,
    );
  const target = sockets && { sockets, driver: settings.driver.name, probeImage: settings.probeImage };
  const ofDriver = target && new SocketLister(kube, target, workers);
  const lister = backEndCommand === undefined ? ofDriver : new BackEndLister(cluster, backEndCommand, domain);
  return {
    cluster,
    workers,
    backEnd: cluster.canReachNodes ? lister : undefined,
    lookout,
    mounts: cluster.canReachNodes ? mountLister(cluster) : undefined,
  };
}

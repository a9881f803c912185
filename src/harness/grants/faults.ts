// SPDX-License-Identifier: Apache-2.0
import type { Faults, NodeService } from "../../catalogue/context.ts";
import { labelSelector } from "../../kube/label-selector.ts";
import { hasDriverSocket } from "../../driver/relay/sidecars.ts";
import { describePod, isNodeReady, isPodReady } from "../../kube/conditions.ts";
import type { Pod } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject, untilObjects } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { installRelay } from "./relay.ts";
import { socketsOf } from "./socket-pods.ts";

/** A container that was killed, by what it was. */
interface Killed {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly id: string;
}

export function grantFaults(run: CaseRun): Faults {
  const killed: Killed[] = [];
  const kill = async (pod: Pod): Promise<void> => {
    const one = driverContainer(pod);
    const kill = ["ctr", "--namespace=k8s.io", "tasks", "kill", "--signal=SIGKILL", one.id] as const;
    await run.cluster.exec(pod.spec.nodeName ?? "", kill);
    killed.push(one);
  };
  return {
    relay: () => installRelay(run),
    killController: async () => {
      const { namespace, podSelector } = socketsOf(run).controller;
      await kill(await readyPod(run, namespace, { labels: labelSelector(podSelector) }, "the controller's"));
    },
    killNodePlugin: async (node) => kill(await nodePluginOf(run, node)),
    untilRecovered: async () => {
      await Promise.all(killed.splice(0).map((one) => untilBack(run, one)));
    },
    stopService: async (node, service) => {
      run.cleanup.add(`start ${service} on ${node}`, () => start(run, node, service));
      await run.cluster.exec(node, ["systemctl", "stop", service]);
    },
    startService: (node, service) => start(run, node, service),
  };
}

async function start(run: CaseRun, node: string, service: NodeService): Promise<void> {
  await run.cluster.exec(node, ["systemctl", "start", service]);
  // A kubelet that was away says Ready with its first heartbeat; the old condition may still stand.
  const since = Date.now();
  const wait = {
    ...waitFor(run, "nodeReady", `node ${node} to be Ready after ${service} started`),
    signal: undefined,
  };
  await untilObject(run.kube, { resource: resources.nodes, name: node }, wait, (found) =>
    found !== undefined && isNodeReady(found)
      ? { done: true, value: undefined }
      : { done: false, seen: `not Ready for ${String(Date.now() - since)} ms` },
  );
}

async function readyPod(
  run: CaseRun,
  namespace: string,
  selection: { readonly labels?: string; readonly fields?: string },
  whose: string,
): Promise<Pod> {
  const { items } = await run.kube.list(resources.pods, { namespace, ...selection }, run);
  const pod = items.find(isPodReady);
  if (pod !== undefined) return pod;
  throw new KitError("DRIVER_POD", `${whose} pod in ${namespace}: none is Ready`);
}

/** The driver's pod on a node that mounts the folder of the node socket. */
async function nodePluginOf(run: CaseRun, node: string): Promise<Pod> {
  const { path } = socketsOf(run).node;
  const folder = path.slice(0, path.lastIndexOf("/"));
  const { items } = await run.kube.list(resources.pods, { fields: `spec.nodeName=${node}` }, run);
  const found = items.find(
    (pod) => isPodReady(pod) && pod.spec.volumes?.some((volume) => volume.hostPath?.path === folder),
  );
  if (found !== undefined) return found;
  throw new KitError("DRIVER_POD", `the node plug-in on ${node}: no Ready pod mounts ${folder}`);
}

/** The container that is not a sidecar: sidecars are told the driver's socket by --csi-address. */
function driverContainer({ metadata, spec, status }: Pod): Killed {
  const own = spec.containers.find((container) => !hasDriverSocket(container));
  const running = status?.containerStatuses?.find(({ name }) => name === own?.name);
  const id = running?.containerID?.replace(/^containerd:\/\//, "");
  if (own === undefined || id === undefined)
    throw new KitError("DRIVER_POD", `pod ${metadata.name}: no running container of the driver itself`);
  return { namespace: metadata.namespace ?? "", pod: metadata.name, container: own.name, id };
}

async function untilBack(run: CaseRun, { namespace, pod: name, container, id }: Killed): Promise<void> {
  const wait = waitFor(run, "driverBack", `container ${container} of ${name} to run again`);
  const target = { resource: resources.pods, selection: { namespace, fields: `metadata.name=${name}` } };
  await untilObjects<Pod, undefined>(run.kube, target, wait, (pods) => {
    const [pod] = pods.values();
    const now = pod?.status?.containerStatuses?.find((status) => status.name === container)?.containerID;
    const isBack = now !== undefined && !now.endsWith(id) && pod !== undefined && isPodReady(pod);
    return isBack ? { done: true, value: undefined } : { done: false, seen: describePod(pod) };
  });
}

// SPDX-License-Identifier: Apache-2.0
import type { Faults, NodeService } from "../../catalogue/context/faults.ts";
import { describePod, isPodReady } from "../../kube/conditions.ts";
import type { Pod } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObjects } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { driverContainer, nodePluginOf, readyController } from "./driver-pods.ts";
import { untilNodeBack } from "./node-back.ts";
import { installRelay } from "./relay.ts";

/** A container that was killed, by what it was. */
interface Killed {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly id: string;
}

export function grantFaults(run: CaseRun): Faults {
  const killed: Killed[] = [];
  const stopped = new Set<string>();
  const kill = async (pod: Pod): Promise<void> => {
    const one = nameKilled(pod);
    const kill = ["ctr", "--namespace=k8s.io", "tasks", "kill", "--signal=SIGKILL", one.id] as const;
    await run.cluster.exec(pod.spec.nodeName ?? "", kill);
    killed.push(one);
  };
  return {
    relay: () => installRelay(run),
    killController: async () => kill(await readyController(run)),
    killNodePlugin: async (node) => kill(await nodePluginOf(run, node)),
    untilRecovered: async () => {
      await Promise.all(killed.splice(0).map((one) => untilBack(run, one)));
    },
    stopService: async (node, service) => {
      const unit = `${service} on ${node}`;
      run.cleanup.addHarm(`start ${unit}`, async () => {
        if (stopped.has(unit)) await start(run, node, service);
      });
      stopped.add(unit);
      await run.cluster.exec(node, ["systemctl", "stop", service]);
    },
    startService: async (node, service) => {
      await start(run, node, service);
      stopped.delete(`${service} on ${node}`);
    },
  };
}

async function start(run: CaseRun, node: string, service: NodeService): Promise<void> {
  // Only a kubelet that starts says anew that it is Ready; one whose runtime was away for a moment says nothing.
  const since = service === "kubelet" ? Date.now() : 0;
  await run.cluster.exec(node, ["systemctl", "start", service]);
  await untilNodeBack(run, node, since);
}

function nameKilled(pod: Pod): Killed {
  const { name, namespace = "" } = pod.metadata;
  const container = driverContainer(pod);
  const id = container?.containerID?.replace(/^containerd:\/\//, "");
  if (container === undefined || id === undefined)
    throw new KitError("DRIVER_POD", `pod ${name}: no running container of the driver itself`);
  return { namespace, pod: name, container: container.name, id };
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

// SPDX-License-Identifier: Apache-2.0
import { hasDriverSocket } from "../../driver/relay/sidecars.ts";
import { describePod, isPodReady } from "../../kube/conditions.ts";
import { labelSelector } from "../../kube/label-selector.ts";
import { runLabel } from "../../kube/labels.ts";
import type { Selection } from "../../kube/kube-client.ts";
import type { ContainerStatus, Pod } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObjects } from "../../kube/watch.ts";
import { type CaseRun, waitFor } from "../case-run.ts";
import { socketsOf } from "./socket-pods.ts";

/**
 * The controller's pod, once it is Ready: sidecars that lost their driver are away for a moment.
 * @param container one that it has to have
 */
export async function readyController(run: CaseRun, container?: string): Promise<Pod> {
  const { namespace, podSelector } = socketsOf(run).controller;
  const selection = { namespace, labels: labelSelector(podSelector) };
  const what = `a Ready pod of the controller${container === undefined ? "" : ` with ${container}`}`;
  const hasIt = ({ spec }: Pod): boolean =>
    container === undefined || spec.containers.some(({ name }) => name === container);
  return untilPod(run, what, selection, { isOne: () => true, isFit: (pod) => isPodReady(pod) && hasIt(pod) });
}

/** The driver's pod on a node, once it is Ready: it is known by its socket's folder. */
export async function nodePluginOf(run: CaseRun, node: string): Promise<Pod> {
  const what = `a Ready pod of the node plug-in on ${node}`;
  const selection = { fields: `spec.nodeName=${node}` };
  return untilPod(run, what, selection, { isOne: (pod) => isNodePlugin(run, pod), isFit: isPodReady });
}

/** Which of the selected pods count, and what they have to be; a time-out describes those that count. */
async function untilPod(
  run: CaseRun,
  what: string,
  selection: Selection,
  { isOne, isFit }: Readonly<Record<"isOne" | "isFit", (pod: Pod) => boolean>>,
): Promise<Pod> {
  const target = { resource: resources.pods, selection };
  return untilObjects<Pod, Pod>(run.kube, target, waitFor(run, "driverBack", what), (pods) => {
    const found = [...pods.values()].filter(isOne);
    const fit = found.find(isFit);
    return fit === undefined
      ? { done: false, seen: found.map((pod) => describePod(pod)).join("; ") || "no such pod" }
      : { done: true, value: fit };
  });
}

/** Whether a pod mounts the folder of the driver's node socket, and is not one of the kit's that call it. */
export function isNodePlugin(run: CaseRun, { metadata, spec }: Pod): boolean {
  if (metadata.labels?.[runLabel] !== undefined) return false;
  const { path } = socketsOf(run).node;
  const folder = path.slice(0, path.lastIndexOf("/"));
  return spec.volumes?.some((volume) => volume.hostPath?.path === folder) ?? false;
}

/** The container that is not a sidecar: sidecars are told the driver's socket by --csi-address. */
export function driverContainer({ spec, status }: Pod): ContainerStatus | undefined {
  const own = spec.containers.find((container) => !hasDriverSocket(container));
  return status?.containerStatuses?.find(({ name }) => name === own?.name);
}

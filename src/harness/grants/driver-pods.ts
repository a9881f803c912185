// SPDX-License-Identifier: Apache-2.0
import { hasDriverSocket } from "../../driver/relay/sidecars.ts";
import { isPodReady } from "../../kube/conditions.ts";
import { runLabel } from "../../kube/labels.ts";
import type { ContainerStatus, Pod } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { KitError } from "../../support/errors.ts";
import type { CaseRun } from "../case-run.ts";
import { socketsOf } from "./socket-pods.ts";

/** A Ready pod of a namespace. @throws KitError `DRIVER_POD` */
export async function readyPod(
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

/** The driver's pod on a node. @throws KitError `DRIVER_POD` */
export async function nodePluginOf(run: CaseRun, node: string): Promise<Pod> {
  const { items } = await run.kube.list(resources.pods, { fields: `spec.nodeName=${node}` }, run);
  const found = items.find((pod) => isPodReady(pod) && isNodePlugin(run, pod));
  if (found !== undefined) return found;
  throw new KitError("DRIVER_POD", `the node plug-in on ${node}: no Ready pod mounts its socket's folder`);
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

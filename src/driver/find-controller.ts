// SPDX-License-Identifier: Apache-2.0
import { basename, dirname } from "node:path";
import { isPodReady } from "../kube/conditions.ts";
import { labelSelector } from "../kube/label-selector.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import type { Pod } from "../kube/objects.ts";
import { resources } from "../kube/resources.ts";
import { KitError } from "../support/errors.ts";
import type { Sockets } from "./profile-install.ts";

/** The pod that serves the controller's socket, and where the socket is. */
export interface Controller {
  readonly uid: string;
  readonly node: string;
  /** Folder that holds the socket, on the node. */
  readonly folder: string;
  readonly socketFile: string;
}

/** @throws KitError `CONTROLLER_NOT_FOUND`, or `SOCKET_NOT_FOUND` of kind `usage` */
export async function findController(kube: KubeClient, { controller, node }: Sockets): Promise<Controller> {
  const labels = labelSelector(controller.podSelector);
  const { items } = await kube.list(resources.pods, { namespace: controller.namespace, labels });
  const pod = items.find(isPodReady);
  const nodeName = pod?.spec.nodeName;
  if (pod === undefined || nodeName === undefined) {
    throw new KitError(
      "CONTROLLER_NOT_FOUND",
      `no Ready pod with ${labels} in ${controller.namespace}: nothing to ask over gRPC`,
    );
  }
  const folder = folderOnNode(pod, dirname(controller.path), kubeletFolder(node.path));
  return { uid: pod.metadata.uid, node: nodeName, folder, socketFile: basename(controller.path) };
}

/** The kubelet's own folder, which a distribution may have moved: the node socket is in its `plugins`. */
export function kubeletFolder(nodeSocket: string): string {
  const [before, after] = nodeSocket.split("/plugins/");
  return before === undefined || after === undefined ? "/var/lib/kubelet" : before;
}

/**
 * Where a folder of a pod is on its node: an emptyDir or a hostPath.
 * @throws KitError `SOCKET_NOT_FOUND` of kind `usage`
 */
export function folderOnNode(pod: Pod, mountPath: string, kubelet: string): string {
  const mounts = pod.spec.containers.flatMap((container) => container.volumeMounts ?? []);
  const name = mounts.find((mount) => mount.mountPath.replace(/\/$/, "") === mountPath)?.name;
  const volume = pod.spec.volumes?.find((one) => one.name === name);
  if (volume?.hostPath !== undefined) return volume.hostPath.path;
  if (volume?.emptyDir !== undefined)
    return `${kubelet}/pods/${pod.metadata.uid}/volumes/kubernetes.io~empty-dir/${volume.name}`;
  throw new KitError(
    "SOCKET_NOT_FOUND",
    `pod ${pod.metadata.name} mounts no emptyDir or hostPath at ${mountPath}`,
    { kind: "usage", hint: "correct spec.sockets.controller.path in the profile" },
  );
}

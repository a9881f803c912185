// SPDX-License-Identifier: Apache-2.0
import { basename, dirname } from "node:path";
import { KitError } from "../support/errors.ts";
import { describePod, isPodReady } from "../kube/conditions.ts";
import { execInPod } from "../kube/exec.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import type { NewObject, Pod } from "../kube/objects.ts";
import { resources } from "../kube/resources.ts";
import { untilObject } from "../kube/watch.ts";
import { type Announcement, announcement } from "./announcement.ts";
import type { DriverProfile } from "./profile.ts";

/** Milliseconds for a pod with a small image that every node has. */
const podTimeout = 60_000;

interface Place {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Asks the driver over its own sockets what it can do, from a pod on the controller's node.
 * @returns undefined when the profile names no sockets
 */
export async function announce(
  kube: KubeClient,
  profile: DriverProfile,
  probeImage: string,
  signal?: AbortSignal,
): Promise<Announcement | undefined> {
  const { sockets, driver } = profile.spec;
  if (sockets === undefined) return undefined;
  const controller = await findController(kube, sockets.controller);
  const place = { namespace: "kube-system", name: `seaworthy-announce-${driver.name}` };
  await kube.delete(resources.pods, place, { gracePeriod: 0 });
  await untilObject(
    kube,
    { resource: resources.pods, ...place },
    wait("the announce pod of an earlier run to be gone", signal),
    (pod) => (pod === undefined ? { done: true, value: undefined } : { done: false, seen: "still there" }),
  );
  await kube.create(resources.pods, announcePod(place, probeImage, controller, sockets.node.path));
  try {
    await untilObject(
      kube,
      { resource: resources.pods, ...place },
      wait("the announce pod to be Ready", signal),
      (pod) =>
        pod !== undefined && isPodReady(pod)
          ? { done: true, value: undefined }
          : { done: false, seen: describePod(pod) },
    );
    return await askSockets(kube, place, [controller.socketFile, sockets.node.path], signal);
  } finally {
    await kube.delete(resources.pods, place, { gracePeriod: 0 });
  }
}

interface Controller {
  readonly node: string;
  /** The emptyDir that holds the socket, on the node. */
  readonly folder: string;
  readonly socketFile: string;
}

async function findController(
  kube: KubeClient,
  socket: { namespace: string; podSelector: Readonly<Record<string, string>>; path: string },
): Promise<Controller> {
  const labels = Object.entries(socket.podSelector)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const { items } = await kube.list(resources.pods, { namespace: socket.namespace, labels });
  const pod = items.find(isPodReady);
  const uid = pod?.metadata.uid;
  const node = pod?.spec.nodeName;
  if (pod === undefined || uid === undefined || node === undefined) {
    throw new KitError(
      "CONTROLLER_NOT_FOUND",
      `no Ready pod with ${labels} in ${socket.namespace}: nothing to ask what the driver announces`,
    );
  }
  const folder = `/var/lib/kubelet/pods/${uid}/volumes/kubernetes.io~empty-dir/${volumeAt(pod, dirname(socket.path))}`;
  return { node, folder, socketFile: basename(socket.path) };
}

function volumeAt(pod: Pod, mountPath: string): string {
  const mounts = pod.spec.containers.flatMap((container) => container.volumeMounts ?? []);
  const name = mounts.find((mount) => mount.mountPath === mountPath)?.name;
  if (name !== undefined) return name;
  throw new KitError("SOCKET_NOT_FOUND", `pod ${pod.metadata.name} mounts nothing at ${mountPath}`, {
    kind: "usage",
    hint: "correct spec.sockets.controller.path in the profile",
  });
}

function announcePod(place: Place, image: string, controller: Controller, nodeSocket: string): NewObject {
  const directory = (name: string, path: string): object => ({ name, hostPath: { path, type: "Directory" } });
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...place },
    spec: {
      nodeName: controller.node,
      restartPolicy: "Never",
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      tolerations: [{ operator: "Exists" }],
      containers: [
        {
          name: "probe",
          image,
          imagePullPolicy: "IfNotPresent",
          command: ["node", "/opt/seaworthy/probe.mjs", "hold"],
          volumeMounts: [
            { name: "controller", mountPath: "/controller" },
            { name: "node", mountPath: "/node" },
          ],
        },
      ],
      volumes: [directory("controller", controller.folder), directory("node", dirname(nodeSocket))],
    },
  };
}

async function askSockets(
  kube: KubeClient,
  place: Place,
  [controllerSocket, nodeSocket]: readonly [string, string],
  signal?: AbortSignal,
): Promise<Announcement> {
  const sockets = [`/controller/${controllerSocket}`, `/node/${basename(nodeSocket)}`];
  const where = { namespace: place.namespace, pod: place.name, container: "probe" };
  const answer = await execInPod(
    kube,
    where,
    ["node", "/opt/seaworthy/announce.mjs", "/opt/seaworthy/proto/csi.proto", ...sockets],
    signal,
  );
  if (answer.exitCode === 0) return announcement.parse(JSON.parse(answer.stdout));
  const lastLine =
    answer.stderr
      .trim()
      .split("\n")
      .find((line) => line.includes("Error")) ?? answer.stderr.slice(-300);
  throw new KitError("ANNOUNCE_FAILED", `asking the driver's sockets what it announces: ${lastLine}`);
}

function wait(
  what: string,
  signal: AbortSignal | undefined,
): { what: string; timeout: number; named: string; signal: AbortSignal | undefined } {
  return { what, timeout: podTimeout, named: "announcePod", signal };
}

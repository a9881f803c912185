// SPDX-License-Identifier: Apache-2.0
import { basename } from "node:path";
import { describePod, isPodEnded, isPodReady } from "../kube/conditions.ts";
import { execInPod } from "../kube/exec.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import type { NewObject, Pod } from "../kube/objects.ts";
import { resources } from "../kube/resources.ts";
import { untilObject, waitTimeout } from "../kube/watch.ts";
import { isKitError, KitError } from "../support/errors.ts";
import { type Controller, findController } from "./find-controller.ts";
import type { Sockets } from "./profile-install.ts";
import { socketPodSpec } from "./socket-pod-spec.ts";

/** Milliseconds for a pod with a small image that every node has, on a machine that is busy with other runs. */
const podTimeout = 180_000;
const namespace = "kube-system";

/** Names the driver whose sockets a pod reaches. */
const socketLabel = "seaworthy.dev/sockets-of";

/** Whose sockets, and the image with the programs that ask them. */
export interface SocketTarget {
  readonly sockets: Sockets;
  /** The CSI driver name. */
  readonly driver: string;
  readonly probeImage: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one of the image's programs in a pod on the controller's node, where the driver's sockets are, and returns its JSON.
 * The pod is made when it is not there and stays for the next question; {@link closeSocketPods} ends it.
 * @throws KitError `SOCKET_ASK_FAILED` with the last words of the program; `SOCKET_POD` when its pod does not start
 */
export async function askSockets(kube: KubeClient, target: SocketTarget, program: string): Promise<unknown> {
  const controller = await findController(kube, target.sockets);
  const pod = `seaworthy-sockets-${controller.uid.slice(0, 8)}`;
  await untilOpen(kube, target, controller, pod).catch((thrown: unknown) => {
    // the pod is the kit's own: that it does not come must not be held against the driver
    if (isKitError(thrown) && thrown.code === waitTimeout)
      throw new KitError("SOCKET_POD", thrown.message, { cause: thrown, details: thrown.details });
    throw thrown;
  });
  const sockets = [`/controller/${controller.socketFile}`, `/node/${basename(target.sockets.node.path)}`];
  const answer = await execInPod(
    kube,
    { namespace, pod, container: "probe" },
    ["node", `/opt/seaworthy/${program}.mjs`, "/opt/seaworthy/proto/csi.proto", ...sockets],
    target.signal,
  );
  if (answer.exitCode === 0) return JSON.parse(answer.stdout);
  const lines = answer.stderr.trim().split("\n");
  const lastWords = lines.find((line) => line.includes("Error")) ?? lines.at(-1) ?? "";
  throw new KitError("SOCKET_ASK_FAILED", `${program} over the sockets of ${target.driver}: ${lastWords}`);
}

/** Removes the pods that reach a driver's sockets, also those of a run that was cut off. */
export async function closeSocketPods(kube: KubeClient, driver: string): Promise<void> {
  const { items } = await kube.list(resources.pods, { namespace, labels: `${socketLabel}=${driver}` });
  for (const { metadata } of items)
    await kube.delete(resources.pods, { namespace, name: metadata.name }, { gracePeriod: 0 });
}

/** Two that ask at the same time share the pod: the API refuses the second of one name. */
async function untilOpen(
  kube: KubeClient,
  target: SocketTarget,
  controller: Controller,
  name: string,
): Promise<void> {
  const place = { resource: resources.pods, namespace, name };
  const waiting = { timeout: podTimeout, named: "socketPod", signal: target.signal };
  const there = await untilObject<Pod, Pod | undefined>(
    kube,
    place,
    { ...waiting, what: `an ended pod ${name} to be gone` },
    async (pod) => {
      if (pod?.metadata.deletionTimestamp !== undefined) return { done: false, seen: "being deleted" };
      if (pod === undefined || !isPodEnded(pod)) return { done: true, value: pod };
      // it ended with its node, and is never started again
      await kube.delete(resources.pods, { namespace, name }, { gracePeriod: 0 });
      return { done: false, seen: describePod(pod) };
    },
  );
  if (there === undefined) {
    await kube.create(resources.pods, socketPod(target, controller, name)).catch((thrown: unknown) => {
      if (!(thrown instanceof KitError && thrown.details["status"] === 409)) throw thrown;
    });
  }
  await untilObject<Pod, undefined>(
    kube,
    place,
    { ...waiting, what: `pod ${namespace}/${name} to be Ready` },
    (pod) =>
      pod !== undefined && isPodReady(pod)
        ? { done: true, value: undefined }
        : { done: false, seen: describePod(pod) },
  );
}

function socketPod(
  { sockets, driver, probeImage }: SocketTarget,
  controller: Controller,
  name: string,
): NewObject {
  const spec = socketPodSpec({
    image: probeImage,
    node: controller.node,
    controller,
    nodeSocket: sockets.node.path,
  });
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { [socketLabel]: driver } },
    spec,
  };
}

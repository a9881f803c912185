// SPDX-License-Identifier: Apache-2.0
import type { Controller } from "../../driver/find-controller.ts";
import type { Sockets } from "../../driver/profile-install.ts";
import { socketPodSpec } from "../../driver/socket-pod-spec.ts";
import { describePod, isPodReady } from "../../kube/conditions.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import { waitFor, type CaseRun } from "../case-run.ts";

/** @throws KitError `SOCKETS_UNKNOWN` when the profile names no sockets. */
export function socketsOf(run: CaseRun): Sockets {
  const { sockets } = run.settings.driver;
  if (sockets !== undefined) return sockets;
  throw new KitError("SOCKETS_UNKNOWN", "the driver cannot be called: the profile names no sockets");
}

/** Pods of a case that see the driver's sockets, made when first needed. */
export class SocketPods {
  readonly #run: CaseRun;
  readonly #pods = new Map<string, Promise<string>>();

  constructor(run: CaseRun) {
    this.#run = run;
  }

  /** A pod with both sockets; a new controller pod gets a new one. */
  onController(controller: Controller): Promise<string> {
    return this.#once(`calls-${controller.uid.slice(0, 8)}`, controller.node, controller);
  }

  /** A pod with the node plug-in's socket. */
  onNode(node: string): Promise<string> {
    return this.#once(`calls-${node}`, node);
  }

  #once(name: string, node: string, controller?: Controller): Promise<string> {
    const made = this.#pods.get(name) ?? this.#make(name, node, controller);
    this.#pods.set(name, made);
    return made;
  }

  async #make(name: string, node: string, controller: Controller | undefined): Promise<string> {
    const run = this.#run;
    const nodeSocket = socketsOf(run).node.path;
    const spec = socketPodSpec({ image: run.settings.probeImage, node, controller, nodeSocket });
    const metadata = { name, namespace: run.namespace, labels: run.labels };
    await run.kube.create(resources.pods, { apiVersion: "v1", kind: "Pod", metadata, spec }, run);
    const wait = waitFor(run, "podReady", `pod ${name} to be Ready`);
    await untilObject(run.kube, { resource: resources.pods, namespace: run.namespace, name }, wait, (pod) =>
      pod !== undefined && isPodReady(pod)
        ? { done: true, value: undefined }
        : { done: false, seen: describePod(pod) },
    );
    return name;
  }
}

// SPDX-License-Identifier: Apache-2.0
import { probePodSpec } from "../../src/harness/probe-pod.ts";
import { saysReason } from "../../src/harness/scheduler-words.ts";
import { describePod, isPodReady, whyUnschedulable } from "../../src/kube/conditions.ts";
import type { KubeClient } from "../../src/kube/kube-client.ts";
import { caseLabel, driverLabel, runLabel } from "../../src/kube/labels.ts";
import type { Pod } from "../../src/kube/objects.ts";
import { resources } from "../../src/kube/resources.ts";
import { untilObjects } from "../../src/kube/watch.ts";

export interface CrowdOptions {
  readonly kube: KubeClient;
  readonly namespace: string;
  readonly driver: string;
  readonly storageClass: string;
  readonly image: string;
  readonly bytes: number;
}

/** Pods with a volume each, which all arrive at once. */
export class Crowd {
  readonly #options: CrowdOptions;

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  async arrive(count: number): Promise<void> {
    const { kube, namespace, driver } = this.#options;
    const labels = { [runLabel]: "burst", [caseLabel]: "burst", [driverLabel]: driver };
    const metadata = { name: namespace, labels };
    await kube.create(resources.namespaces, { apiVersion: "v1", kind: "Namespace", metadata });
    const account = { resource: resources.serviceAccounts, selection: { namespace } };
    const wait = { what: "the namespace's service account", timeout: 120_000, named: "namespaceReady" };
    await untilObjects(kube, account, wait, (found) =>
      found.size > 0 ? { done: true, value: undefined } : { done: false, seen: "none" },
    );
    await Promise.all(Array.from({ length: count }, (_none, n) => this.#create(`pod-${String(n)}`)));
  }

  /** Waits until so many run and the scheduler leaves all others for want of room. @throws when more run */
  async untilSettled(running: number, timeout: number): Promise<readonly Pod[]> {
    const { kube, namespace } = this.#options;
    const wait = { what: `${String(running)} pods to run`, timeout, named: "burst" };
    return untilObjects<Pod, readonly Pod[]>(
      kube,
      { resource: resources.pods, selection: { namespace } },
      wait,
      (found) => {
        const pods = [...found.values()];
        const ready = pods.filter(isPodReady);
        if (ready.length > running)
          throw new Error(`${String(ready.length)} pods run, room is for ${String(running)}`);
        const waiting = pods.filter((pod) => saysReason(whyUnschedulable(pod) ?? "", "no-room"));
        const others = pods.filter((pod) => !ready.includes(pod) && !waiting.includes(pod));
        if (ready.length === running && others.length === 0) return { done: true, value: ready };
        const seen = others.slice(0, 3).map((pod) => `${pod.metadata.name} ${describePod(pod)}`);
        return {
          done: false,
          seen: `${String(ready.length)} run, ${String(waiting.length)} wait for room; ${seen.join("; ")}`,
        };
      },
    );
  }

  /** Takes pods away and gives their volumes back. */
  async leave(pods: readonly Pod[]): Promise<void> {
    const { kube, namespace } = this.#options;
    for (const resource of [resources.pods, resources.claims])
      await Promise.all(pods.map(({ metadata: { name } }) => kube.delete(resource, { namespace, name })));
  }

  async #create(name: string): Promise<void> {
    const { kube, namespace, storageClass, image, bytes } = this.#options;
    const claim = {
      storageClassName: storageClass,
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: String(bytes) } },
    };
    const metadata = { name, namespace };
    await kube.create(resources.claims, {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata,
      spec: claim,
    });
    const spec = probePodSpec(image, { data: { claim: name } });
    await kube.create(resources.pods, { apiVersion: "v1", kind: "Pod", metadata, spec });
  }
}

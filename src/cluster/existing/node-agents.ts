// SPDX-License-Identifier: Apache-2.0
import { describeRollout, isRolledOut } from "../../kube/conditions.ts";
import { execInPod } from "../../kube/exec.ts";
import { type KubeClient, openKube } from "../../kube/kube-client.ts";
import type { NewObject } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import type { ExecResult } from "../../support/exec.ts";

/** Milliseconds for a small image to be pulled and started on every node. */
const rolloutTimeout = 180_000;
const name = "seaworthy-node-agent";
const labels = { "app.kubernetes.io/name": name };

/** Starts one privileged pod on every node that takes pods, in a namespace of its own; returns the pods' names by node. */
export async function startNodeAgents(
  kube: KubeClient,
  image: string,
): Promise<Readonly<Record<string, string>>> {
  await kube.apply(resources.namespaces, namespaceObject);
  await kube.apply(resources.daemonSets, agentObject(image));
  const wait = { what: "the node agents to run", timeout: rolloutTimeout, named: "nodeAgents" };
  await untilObject(kube, { resource: resources.daemonSets, namespace: name, name }, wait, (found) =>
    found !== undefined && isRolledOut(found)
      ? { done: true, value: undefined }
      : { done: false, seen: describeRollout(found) },
  );
  const { items } = await kube.list(resources.pods, { namespace: name });
  return Object.fromEntries(items.map((pod) => [pod.spec.nodeName ?? "", pod.metadata.name]));
}

/** Removes the namespace with all agents; whatever is gone already is fine. */
export async function stopNodeAgents(kubeconfig: string): Promise<void> {
  const kube = openKube(kubeconfig, "seaworthy");
  await kube.delete(resources.namespaces, { name });
  const wait = { what: `namespace ${name} to be gone`, timeout: rolloutTimeout, named: "nodeAgents" };
  await untilObject(kube, { resource: resources.namespaces, name }, wait, (found) =>
    found === undefined ? { done: true, value: undefined } : { done: false, seen: "still there" },
  );
}

/** Whether agents are in the cluster. */
export async function hasNodeAgents(kubeconfig: string): Promise<boolean> {
  return (await openKube(kubeconfig, "seaworthy").find(resources.namespaces, { name })) !== undefined;
}

/** Runs a program in the node's own namespaces, through the agent there. */
export async function execThroughAgent(
  kube: KubeClient,
  pod: string,
  argv: readonly [string, ...string[]],
  options: { readonly timeout?: number; readonly allowFailure?: boolean },
): Promise<ExecResult> {
  const signal = options.timeout === undefined ? undefined : AbortSignal.timeout(options.timeout);
  const enter = ["nsenter", "--target=1", "--mount", "--uts", "--ipc", "--net", "--pid", "--"];
  const place = { namespace: name, pod, container: "agent" };
  const result = await execInPod(kube, place, [...enter, ...argv], signal);
  if (result.exitCode !== 0 && options.allowFailure !== true) {
    const lastLine = result.stderr.trim().split("\n").at(-1) ?? "";
    throw new KitError(
      "NODE_EXEC_FAILED",
      `${argv.slice(0, 3).join(" ")}: exit code ${String(result.exitCode)}: ${lastLine}`,
    );
  }
  return result;
}

const namespaceObject: NewObject = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
};

function agentObject(image: string): NewObject {
  const container = {
    name: "agent",
    image,
    imagePullPolicy: "IfNotPresent",
    command: ["node", "/opt/seaworthy/probe.mjs", "hold"],
    securityContext: { privileged: true },
  };
  const spec = {
    hostPID: true,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    containers: [container],
  };
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name, namespace: name },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

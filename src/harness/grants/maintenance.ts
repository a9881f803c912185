// SPDX-License-Identifier: Apache-2.0
import type { Maintenance } from "../../catalogue/context/maintenance.ts";
import type { NodeView } from "../../catalogue/context/nodes.ts";
import { describePod } from "../../kube/conditions.ts";
import type { Pod } from "../../kube/objects.ts";
import { cordonNode, uncordonNode } from "../../kube/cordon.ts";
import { resources } from "../../kube/resources.ts";
import { untilObjects } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";

export function grantMaintenance(run: CaseRun): Maintenance {
  const cordon = async (nodes: readonly NodeView[]): Promise<void> => {
    for (const { name } of nodes) run.cleanup.add(`uncordon ${name}`, () => uncordonNode(run.kube, name));
    await Promise.all(nodes.map(({ name }) => cordonNode(run.kube, name, run.settings.driver.name)));
  };
  return {
    cordon,
    uncordon: async (nodes) => {
      await Promise.all(nodes.map(({ name }) => uncordonNode(run.kube, name)));
    },
    drain: async (node) => {
      await cordon([node]);
      const { items } = await run.kube.list(
        resources.pods,
        { namespace: run.namespace, fields: `spec.nodeName=${node.name}` },
        run,
      );
      await Promise.all(items.map((pod) => evict(run, pod)));
      await untilEvicted(run, node, new Set(items.map(({ metadata }) => metadata.uid)));
    },
  };
}

async function evict(run: CaseRun, { metadata: { name } }: Pod): Promise<void> {
  const metadata = { name, namespace: run.namespace };
  await run.kube.evict({ apiVersion: "policy/v1", kind: "Eviction", metadata }, run);
}

async function untilEvicted(run: CaseRun, node: NodeView, uids: ReadonlySet<string>): Promise<void> {
  const wait = waitFor(run, "podGone", `pods evicted from ${node.name} to be gone`);
  const target = { resource: resources.pods, selection: { namespace: run.namespace } };
  await untilObjects(run.kube, target, wait, (pods) => {
    const left = [...pods.values()].filter(({ metadata }) => uids.has(metadata.uid));
    return left.length === 0
      ? { done: true, value: undefined }
      : { done: false, seen: left.map((pod) => `${pod.metadata.name} ${describePod(pod)}`).join("; ") };
  });
}

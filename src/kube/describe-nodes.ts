// SPDX-License-Identifier: Apache-2.0
import type { KubeClient } from "./kube-client.ts";
import type { CsiNode, Node } from "./objects.ts";
import { resources } from "./resources.ts";

/** The cluster's nodes as they are now: a line for each, with all that decides where a pod or a disk may be. */
export async function describeNodes(kube: KubeClient): Promise<string> {
  const [nodes, csiNodes] = await Promise.all([kube.list(resources.nodes), kube.list(resources.csiNodes)]);
  return nodes.items
    .map((node) =>
      describeNode(
        node,
        csiNodes.items.find(({ metadata }) => metadata.name === node.metadata.name),
      ),
    )
    .sort()
    .join("");
}

function describeNode({ metadata, spec, status }: Node, csiNode: CsiNode | undefined): string {
  const conditions = (status?.conditions ?? []).filter(
    ({ type, status: is }) => type === "Ready" || is !== "False",
  );
  const labels = Object.entries(metadata.labels ?? {}).filter(([key]) => key.startsWith("topology."));
  const drivers = (csiNode?.spec.drivers ?? []).map(
    ({ name, topologyKeys }) => `${name} (${(topologyKeys ?? []).join(", ") || "no topology"})`,
  );
  return [
    metadata.name,
    `  ${conditions.map(({ type, status: is }) => `${type}=${is}`).join(" ") || "no conditions"}${spec?.unschedulable === true ? " cordoned" : ""}`,
    ...(spec?.taints ?? []).map(({ key, effect }) => `  taint ${key}:${effect}`),
    ...labels.map(([key, value]) => `  ${key}=${value}`),
    `  CSI drivers: ${drivers.join("; ") || "none"}`,
    "",
  ].join("\n");
}

// SPDX-License-Identifier: Apache-2.0
import type { TopologyTerm } from "../catalogue/context/classes.ts";
import type { NodeView } from "../catalogue/context/nodes.ts";

/** The node's values of the driver's topology keys, as one text: nodes with the same one reach the same volumes. */
export function domainOf(node: NodeView | undefined, topologyKeys: readonly string[]): string {
  return topologyKeys.map((key) => `${key}=${node?.labels[key] ?? ""}`).join(",");
}

/** The workers that reach a volume of this node, the node among them. */
export function reachOf(
  workers: readonly NodeView[],
  node: NodeView,
  topologyKeys: readonly string[],
): readonly NodeView[] {
  const home = domainOf(node, topologyKeys);
  return workers.filter((worker) => domainOf(worker, topologyKeys) === home);
}

/** Terms of allowed topologies that admit the domains of these nodes and no other, each once. */
export function termsOf(
  nodes: readonly NodeView[],
  topologyKeys: readonly string[],
): readonly TopologyTerm[] {
  const byDomain = new Map(nodes.map((node) => [domainOf(node, topologyKeys), node]));
  return [...byDomain.values()].map((node) =>
    Object.fromEntries(topologyKeys.map((key) => [key, [node.labels[key] ?? ""]])),
  );
}

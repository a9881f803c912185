// SPDX-License-Identifier: Apache-2.0
import type { BindingMode } from "../catalogue/context/modes.ts";
import type { NodeSelectorRequirement, NodeSelectorTerm } from "../kube/objects.ts";

/** Everything that has an opinion about where a pod and its disk are. */
export interface PlacementWitnesses {
  readonly binding: BindingMode;
  /** Keys the profile names: each must be known to every witness. */
  readonly topologyKeys: readonly string[];
  /** Labels of every node, by its name. */
  readonly labels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** `spec.nodeName`. */
  readonly podNode: string;
  /** Nodes of the volume's VolumeAttachments: none for a driver that does not attach. */
  readonly attachedTo: readonly string[];
  /** Topology keys of the driver in the CSINode of the pod's node; undefined when it is not registered there. */
  readonly csiNodeKeys: readonly string[] | undefined;
  /** The PersistentVolume's nodeAffinity; undefined without one. */
  readonly affinity: readonly NodeSelectorTerm[] | undefined;
  /** The claim's `selected-node`. */
  readonly selectedNode: string | undefined;
  /** Nodes whose back end lists the volume; undefined when it cannot be asked. */
  readonly backEndNodes: readonly string[] | undefined;
}

/** The part of the witnesses that a PersistentVolume is judged by. */
type AffinityWitnesses = Pick<PlacementWitnesses, "affinity" | "topologyKeys" | "labels">;

/** One thing that does not agree: where things are, or only what is said about it. */
export interface Disagreement {
  readonly about: "place" | "csi-node" | "affinity";
  readonly words: string;
}

/** What does not agree; empty when all witnesses say the same. */
export function findDisagreements(witnesses: PlacementWitnesses): Disagreement[] {
  const home = witnesses.backEndNodes === undefined ? witnesses.podNode : witnesses.backEndNodes[0];
  return [
    ...about("place", judgeBackEnd(witnesses)),
    ...about("csi-node", judgeNode(witnesses)),
    ...about("place", judgeSelectedNode(witnesses)),
    ...about("place", judgeAttachments(witnesses)),
    ...about("affinity", home === undefined ? [] : judgeAffinity(witnesses, home)),
  ];
}

/** What of a disk that no pod uses does not agree. */
export function findDiskDisagreements(witnesses: AffinityWitnesses, home: string): string[] {
  return judgeAffinity(witnesses, home);
}

/** What of a node's own word does not agree with the profile. */
export function findNodeDisagreements(
  witnesses: Pick<PlacementWitnesses, "csiNodeKeys" | "topologyKeys" | "labels">,
  node: string,
): string[] {
  return judgeNode({ ...witnesses, podNode: node });
}

function about(subject: Disagreement["about"], sentences: readonly string[]): Disagreement[] {
  return sentences.map((words) => ({ about: subject, words }));
}

/** All of it in words, agreeing or not. */
export function describeWitnesses(witnesses: PlacementWitnesses): string {
  const { podNode, selectedNode, backEndNodes, affinity, attachedTo } = witnesses;
  return [
    `pod on ${podNode} (${domainOf(witnesses, podNode)})`,
    `selected-node ${selectedNode ?? "none"}`,
    `attached to ${attachedTo.join(" and ") || "nothing"}`,
    `nodeAffinity ${affinity === undefined ? "none" : affinity.map(describeTerm).join(" or ")}`,
    `back end ${backEndNodes === undefined ? "not asked" : backEndNodes.join(" and ") || "nowhere"}`,
  ].join("; ");
}

function judgeBackEnd(witnesses: PlacementWitnesses): string[] {
  const { backEndNodes, podNode, topologyKeys } = witnesses;
  if (backEndNodes === undefined) return [];
  const home = backEndNodes[0];
  if (home === undefined) return ["no node's back end holds the volume"];
  const several =
    backEndNodes.length > 1
      ? [`the back ends of ${backEndNodes.join(" and ")} all hold a volume of this id`]
      : [];
  const apart = topologyKeys.filter(
    (key) => labelOf(witnesses, home, key) !== labelOf(witnesses, podNode, key),
  );
  if (apart.length === 0) return several;
  return [...several, `the volume is on ${home}, the pod on ${podNode}: they differ in ${apart.join(", ")}`];
}

function judgeNode(
  witnesses: Pick<PlacementWitnesses, "csiNodeKeys" | "topologyKeys" | "labels" | "podNode">,
): string[] {
  const { csiNodeKeys, topologyKeys, podNode } = witnesses;
  if (csiNodeKeys === undefined) return [`CSINode ${podNode} does not list the driver`];
  const problems = differences(csiNodeKeys, topologyKeys).map((words) => `CSINode ${podNode} ${words}`);
  const unlabelled = topologyKeys.filter((key) => labelOf(witnesses, podNode, key) === undefined);
  return [...problems, ...unlabelled.map((key) => `node ${podNode} has no label ${key}`)];
}

/** With delayed binding the annotation stays for the life of the claim; a pod that returns may be elsewhere in the same domain. */
function judgeSelectedNode(witnesses: PlacementWitnesses): string[] {
  const { binding, selectedNode, podNode, topologyKeys } = witnesses;
  if (binding !== "delayed") return [];
  if (selectedNode === undefined) return ["the claim has no selected-node"];
  const apart = topologyKeys.filter(
    (key) => labelOf(witnesses, selectedNode, key) !== labelOf(witnesses, podNode, key),
  );
  return apart.length === 0
    ? []
    : [`selected-node is ${selectedNode}, the pod is on ${podNode}: they differ in ${apart.join(", ")}`];
}

/** A volume that one node at a time may use is attached to the pod's node and to no other. */
function judgeAttachments({ attachedTo, podNode }: PlacementWitnesses): string[] {
  const elsewhere = attachedTo.filter((node) => node !== podNode);
  return elsewhere.map((node) => `the volume is attached to ${node}, the pod is on ${podNode}`);
}

/** The affinity must name the domain the data is in, the whole of it and nothing else: key by key. */
function judgeAffinity(witnesses: AffinityWitnesses, home: string): string[] {
  const { affinity, topologyKeys } = witnesses;
  if (affinity === undefined || affinity.length === 0)
    return topologyKeys.length === 0 ? [] : ["the PersistentVolume has no nodeAffinity"];
  const several = affinity.length > 1 ? [`nodeAffinity names ${String(affinity.length)} domains`] : [];
  return [...several, ...affinity.flatMap((term) => judgeTerm(witnesses, term.matchExpressions ?? [], home))];
}

function judgeTerm(
  witnesses: AffinityWitnesses,
  expressions: readonly NodeSelectorRequirement[],
  home: string,
): string[] {
  const keys = expressions.map((one) => one.key);
  const problems = differences(keys, witnesses.topologyKeys).map((words) => `nodeAffinity ${words}`);
  for (const { key, operator, values = [] } of expressions) {
    const actual = labelOf(witnesses, home, key);
    const isExact = operator === "In" && values.length === 1 && values[0] === actual;
    if (!isExact)
      problems.push(
        `nodeAffinity says ${key} ${operator} ${values.join(", ")}, the data is in ${actual ?? "no such domain"}`,
      );
  }
  return problems;
}

function differences(found: readonly string[], wanted: readonly string[]): string[] {
  const lacking = wanted.filter((key) => !found.includes(key)).map((key) => `lacks key ${key}`);
  const extra = found
    .filter((key) => !wanted.includes(key))
    .map((key) => `has key ${key}, which the profile does not name`);
  return [...lacking, ...extra];
}

function labelOf(
  witnesses: Pick<PlacementWitnesses, "labels">,
  node: string,
  key: string,
): string | undefined {
  return witnesses.labels[node]?.[key];
}

function domainOf(witnesses: PlacementWitnesses, node: string): string {
  return witnesses.topologyKeys.map((key) => `${key}=${labelOf(witnesses, node, key) ?? "none"}`).join(", ");
}

function describeTerm({ matchExpressions = [] }: NodeSelectorTerm): string {
  return `{${matchExpressions.map(({ key, operator, values = [] }) => `${key} ${operator} ${values.join("|")}`).join(", ")}}`;
}

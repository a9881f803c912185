// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "../../catalogue/context/claim.ts";
import type { BindingMode } from "../../catalogue/context/modes.ts";
import type { NodeView } from "../../catalogue/context/nodes.ts";
import type { AgreedPlacement, Placing } from "../../catalogue/context/placing.ts";
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import { selectedNodeOf } from "../../kube/conditions.ts";
import type { PersistentVolume, PersistentVolumeClaim } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject, waitTimeout } from "../../kube/watch.ts";
import { isKitError } from "../../support/errors.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { reachOf, termsOf } from "../domains.ts";
import {
  describeWitnesses,
  type Disagreement,
  findDisagreements,
  findDiskDisagreements,
  findNodeDisagreements,
  type PlacementWitnesses,
} from "../placement.ts";
import { nowhere } from "../socket-lister.ts";
import { listerOf } from "./back-end.ts";
import { volumeOf } from "./claims.ts";
import { grantNodes } from "./nodes.ts";

export function grantPlace(run: CaseRun): Placing {
  return {
    agrees: (where) => agrees(run, where),
    ofDisk: async (claim) => nodeOfDisk(run, await readDisk(run, claim)),
    diskAgrees: (claim) => diskAgrees(run, claim),
    advertised: (node) => advertised(run, node),
    reach: (node) => reachOf(run.workers, node, run.settings.driver.topologyKeys),
    terms: (nodes) => termsOf(nodes, run.settings.driver.topologyKeys),
  };
}

async function nodeOfDisk(run: CaseRun, { handle }: Disk): Promise<NodeView> {
  const nodes = await backEndNodes(run, handle);
  const [node] = nodes ?? [];
  if (node !== undefined && nodes?.length === 1) return grantNodes(run).named(node);
  const seen = nodes?.join(", ") || "none";
  throw new CheckFailed(`Exactly one node's back end holds volume ${handle}`, "one node", seen);
}

async function diskAgrees(run: CaseRun, claim: Claim): Promise<NodeView> {
  const disk = await readDisk(run, claim);
  const node = await nodeOfDisk(run, disk);
  const affinity = affinityOf(disk);
  const problems = findDiskDisagreements(
    { affinity, labels: labelsOf(run), topologyKeys: run.settings.driver.topologyKeys },
    node.name,
  );
  if (problems.length === 0) return node;
  const seen = `${problems.join("; ")} [back end ${node.name}]`;
  const requirement = coveredRequirement(run, "topo/pv-affinity");
  const statement = `The nodeAffinity of claim ${claim.name}'s volume names where its data is`;
  throw new CheckFailed(statement, "the node's domain", seen, requirement);
}

async function advertised(run: CaseRun, node: NodeView): Promise<void> {
  const { topologyKeys } = run.settings.driver;
  const csiNodeKeys = await readCsiNodeKeys(run, node.name);
  const problems = findNodeDisagreements({ csiNodeKeys, topologyKeys, labels: labelsOf(run) }, node.name);
  if (problems.length === 0) return;
  const statement = `Node ${node.name} tells the scheduler its place by every key of the driver`;
  throw new CheckFailed(statement, topologyKeys.join(", "), problems.join("; "));
}

/** The driver's topology keys in a CSINode; undefined when it is not listed there, and does not come back. */
async function readCsiNodeKeys(run: CaseRun, node: string): Promise<readonly string[] | undefined> {
  const { name: driver } = run.settings.driver;
  const wait = waitFor(run, "nodeRegistered", `CSINode ${node} to list the driver`);
  return untilObject(run.kube, { resource: resources.csiNodes, name: node }, wait, (found) => {
    const registered = found?.spec.drivers?.find(({ name }) => name === driver);
    return registered === undefined
      ? { done: false, seen: "not listed" }
      : { done: true, value: registered.topologyKeys ?? [] };
  }).catch((thrown: unknown) => {
    if (isKitError(thrown) && thrown.code === waitTimeout) return undefined;
    throw thrown;
  });
}

function labelsOf(run: CaseRun): PlacementWitnesses["labels"] {
  return Object.fromEntries(run.workers.map((node) => [node.name, node.labels]));
}

function affinityOf({ volume }: Disk): PlacementWitnesses["affinity"] {
  return volume.spec.nodeAffinity?.required?.nodeSelectorTerms;
}

async function attachmentsOf(run: CaseRun, { volume }: Disk): Promise<readonly string[]> {
  const { items } = await run.kube.list(resources.attachments, {}, run);
  return items
    .filter(({ spec }) => spec.source.persistentVolumeName === volume.metadata.name)
    .map(({ spec }) => spec.nodeName);
}

interface Where {
  readonly pod: RunningPod;
  readonly claim: Claim;
  readonly binding: BindingMode;
}

async function agrees(run: CaseRun, { pod, claim, binding }: Where): Promise<AgreedPlacement> {
  const { driver } = run.settings;
  const [disk, csiNodeKeys] = await Promise.all([readDisk(run, claim), readCsiNodeKeys(run, pod.node)]);
  const witnesses: PlacementWitnesses = {
    binding,
    topologyKeys: driver.topologyKeys,
    labels: labelsOf(run),
    podNode: pod.node,
    attachedTo: await attachmentsOf(run, disk),
    csiNodeKeys,
    affinity: affinityOf(disk),
    selectedNode: selectedNodeOf(disk.claim),
    backEndNodes: await backEndNodes(run, disk.handle),
  };
  record(run, { pod, claim, binding }, disk.handle, witnesses);
  const disagreements = findDisagreements(witnesses);
  if (disagreements.length > 0) {
    const seen = `${disagreements.map(({ words }) => words).join("; ")} [${describeWitnesses(witnesses)}]`;
    throw new CheckFailed(
      `Pod ${pod.name} and the disk of claim ${claim.name} are in one place, by every witness`,
      "agreement",
      seen,
      requirementOf(run, disagreements),
    );
  }
  const { zone, rack } = grantNodes(run).named(pod.node);
  return {
    node: pod.node,
    handle: disk.handle,
    ...(zone === undefined ? {} : { zone }),
    ...(rack === undefined ? {} : { rack }),
  };
}

const requirementsAbout = {
  place: undefined,
  "csi-node": "topo/advertise",
  affinity: "topo/pv-affinity",
} as const;

/** When things are in place and only one witness is wrong, that witness has a requirement of its own, if the case covers it. */
function requirementOf(run: CaseRun, disagreements: readonly Disagreement[]): string | undefined {
  const subjects = new Set(disagreements.map(({ about }) => about));
  const [subject] = subjects;
  const requirement = subjects.size === 1 && subject !== undefined ? requirementsAbout[subject] : undefined;
  return requirement === undefined ? undefined : coveredRequirement(run, requirement);
}

function coveredRequirement(run: CaseRun, requirement: string): string | undefined {
  return run.meta.covers.includes(requirement) ? requirement : undefined;
}

interface Disk {
  readonly claim: PersistentVolumeClaim;
  readonly volume: PersistentVolume;
  readonly handle: string;
}

async function readDisk(run: CaseRun, { name }: Claim): Promise<Disk> {
  const claim = await run.kube.get(resources.claims, { namespace: run.namespace, name }, run);
  if (claim.spec.volumeName === undefined)
    throw new CheckFailed(`Claim ${name} has a volume`, "a volume", "none");
  const volume = await volumeOf(run, claim);
  const handle = volume.spec.csi?.volumeHandle;
  if (handle === undefined)
    throw new CheckFailed(`Volume ${volume.metadata.name} is a CSI volume`, "a volume handle", "none");
  return { claim, volume, handle };
}

/** Only asked when the case says that it needs it: other cases may run where nodes cannot be reached. */
async function backEndNodes(run: CaseRun, handle: string): Promise<readonly string[] | undefined> {
  if (run.meta.needs.nodeExec !== true) return undefined;
  const nodes = (await listerOf(run).list()).filter((item) => item.id === handle).map((item) => item.node);
  // a driver that does not say where its volumes are is no witness
  return nodes.includes(nowhere) ? undefined : nodes;
}

function record(run: CaseRun, { pod, claim }: Where, handle: string, witnesses: PlacementWitnesses): void {
  const { selectedNode, affinity = [] } = witnesses;
  const backEndNode = witnesses.backEndNodes?.join(" + ");
  run.placements.push({
    moment: run.steps.current,
    pod: pod.name,
    claim: claim.name,
    volumeHandle: handle,
    podNode: pod.node,
    affinity: affinity.flatMap((term) =>
      (term.matchExpressions ?? []).map(({ key, values = [] }) => ({ key, values: [...values] })),
    ),
    ...(selectedNode === undefined ? {} : { selectedNode }),
    ...(backEndNode === undefined ? {} : { backEndNode }),
  });
}

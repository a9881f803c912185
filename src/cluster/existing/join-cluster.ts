// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exportContext } from "../../kube/client.ts";
import { isSchedulable } from "../../kube/conditions.ts";
import { openKube } from "../../kube/kube-client.ts";
import type { Node } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import {
  type ClusterRecord,
  clusterFolder,
  readClusterRecord,
  writeClusterRecord,
} from "../cluster-record.ts";
import { Journal } from "../journal.ts";
import { runningCluster } from "../open.ts";
import type { ClusterNode, RunningCluster } from "../provider.ts";
import { undoJournal } from "../undo.ts";
import { startNodeAgents } from "./node-agents.ts";

/** Which cluster, and what the kit may do in it. */
export interface JoinRequest {
  readonly kubeconfig: string;
  readonly context?: string;
  /** Node label that names a rack. */
  readonly rackLabel: string;
  /** Image of the privileged pods that reach the nodes; without it the kit reaches no node. */
  readonly agentImage?: string;
}

type Say = (doing: string) => void;

/**
 * Takes a cluster that someone else runs as it is. What the kit adds, on this host and in the cluster, is in its journal first.
 * @throws KitError `KUBE_API` when the cluster refuses or does not answer
 */
export async function joinCluster(request: JoinRequest, say: Say): Promise<RunningCluster> {
  const { text, server } = exportContext(request.kubeconfig, request.context);
  const name = `at-${createHash("sha256").update(server).digest("hex").slice(0, 10)}`;
  if ((await readClusterRecord(name)) !== undefined) await leaveCluster(name, say);
  try {
    return await joinAs(name, { request, text, server }, say);
  } catch (thrown) {
    await leaveCluster(name, say);
    throw thrown;
  }
}

async function joinAs(
  name: string,
  { request, text, server }: { request: JoinRequest; text: string; server: string },
  say: Say,
): Promise<RunningCluster> {
  const folder = clusterFolder(name);
  const kubeconfig = join(folder, "kubeconfig");
  const journal = new Journal(name);
  await journal.record({ kind: "folder", path: folder });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(kubeconfig, text, { mode: 0o600 });
  const kube = openKube(kubeconfig, "seaworthy");
  say(`reading the nodes of ${server}`);
  const [version, nodes] = await Promise.all([
    kube.connection.call({ method: "GET", path: "/version", purpose: "read the cluster's version" }),
    kube.list(resources.nodes),
  ]);
  let agents: Readonly<Record<string, string>> | undefined;
  if (request.agentImage !== undefined) {
    await journal.record({ kind: "node-agents", kubeconfig });
    say("starting node agents");
    agents = await startNodeAgents(kube, request.agentImage);
  }
  const record: ClusterRecord = {
    name,
    shape: "existing",
    hash: name,
    socket: "",
    kubeconfig,
    kubernetesVersion: (JSON.parse(version) as { gitVersion: string }).gitVersion,
    rackLabel: request.rackLabel,
    images: "unknown",
    scheduler: { extender: false, capacityObjects: true },
    nodes: nodes.items.map((node) => ({ ...nodeOf(node, request.rackLabel), pools: [] })),
    existing: agents === undefined ? {} : { agents: { ...agents } },
  };
  await writeClusterRecord(record);
  return runningCluster(record);
}

/** Undoes what joining added; the cluster stays as it was. */
export async function leaveCluster(name: string, say: Say): Promise<void> {
  await undoJournal(new Journal(name), say);
}

/** A node that takes no pods counts as a control plane: no case can use it. */
export function nodeOf(node: Node, rackLabel: string): Omit<ClusterNode, "pools"> {
  const labels = node.metadata.labels ?? {};
  const region = labels["topology.kubernetes.io/region"];
  const zone = labels["topology.kubernetes.io/zone"];
  const rack = labels[rackLabel];
  return {
    name: node.metadata.name,
    controlPlane: !isSchedulable(node),
    ...(region === undefined ? {} : { region }),
    ...(zone === undefined ? {} : { zone }),
    ...(rack === undefined ? {} : { rack }),
  };
}

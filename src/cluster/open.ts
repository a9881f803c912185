// SPDX-License-Identifier: Apache-2.0
import { openKube } from "../kube/kube-client.ts";
import { KitError } from "../support/errors.ts";
import { type ClusterRecord, readClusterRecord } from "./cluster-record.ts";
import { execThroughAgent } from "./existing/node-agents.ts";
import { nodeExec } from "./kind/node-exec.ts";
import { nodePower } from "./node-power.ts";
import type { RunningCluster } from "./provider.ts";

/**
 * A cluster that is up, from its record on disk; any process of the same user can open it.
 * @throws KitError `CLUSTER_NOT_UP`
 */
export async function openCluster(name: string): Promise<RunningCluster> {
  const record = await readClusterRecord(name);
  if (record !== undefined) return runningCluster(record);
  throw new KitError("CLUSTER_NOT_UP", `no cluster called ${name} is up`, {
    kind: "usage",
    hint: "bring one up with `seaworthy up --cluster three-zones`",
  });
}

/** Gives a record its behaviour: programs run in the node's container, or through the agent on a node of someone else's. */
export function runningCluster(record: Omit<ClusterRecord, "hash">): RunningCluster {
  const facts = factsOf(record);
  if (record.existing !== undefined)
    return { ...facts, ...reachThroughAgents(record, record.existing.agents) };
  return {
    ...facts,
    provider: "kind",
    canReachNodes: true,
    power: nodePower(record),
    exec: nodeExec(record),
  };
}

function reachThroughAgents(
  { kubeconfig }: Pick<ClusterRecord, "kubeconfig">,
  agents: Readonly<Record<string, string>> | undefined,
): Pick<RunningCluster, "provider" | "canReachNodes" | "exec"> {
  const kube = openKube(kubeconfig, "seaworthy");
  return {
    provider: "existing",
    canReachNodes: agents !== undefined,
    exec: async (node, argv, options = {}) => {
      const pod = agents?.[node];
      if (pod !== undefined) return execThroughAgent(kube, pod, argv, options);
      throw new KitError("NODE_EXEC_DENIED", `run ${argv[0]} on node ${node}: the kit has no agent there`, {
        kind: "usage",
        hint: "give --allow-node-agent to let the kit run a privileged pod on each node",
      });
    },
  };
}

function factsOf(
  record: Omit<ClusterRecord, "hash">,
): Omit<RunningCluster, "provider" | "canReachNodes" | "exec"> {
  const { name, shape, kubeconfig, kubernetesVersion, images, rackLabel, scheduler, nodes } = record;
  return {
    name,
    shape,
    kubeconfig,
    kubernetesVersion,
    images,
    rackLabel,
    scheduler,
    nodes,
  };
}

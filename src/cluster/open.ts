// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../support/errors.ts";
import { type ClusterRecord, readClusterRecord } from "./cluster-record.ts";
import { docker } from "./engine/docker.ts";
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

/** Gives a record its behaviour: programs run in the node's container. */
export function runningCluster(record: Omit<ClusterRecord, "hash">): RunningCluster {
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
    exec: (node, argv, options = {}) => {
      const interactive =
        options.input === undefined && options.inputFile === undefined ? [] : ["--interactive"];
      return docker(record, ["exec", ...interactive, "--privileged", node, ...argv], options);
    },
  };
}

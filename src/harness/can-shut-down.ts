// SPDX-License-Identifier: Apache-2.0
import type { RunningCluster } from "../cluster/provider.ts";

/** Whether the kit can shut a file system down on every worker: it reaches them, and all have xfs_io(8), which knows ext4 as well. */
export async function canShutDown({
  canReachNodes,
  nodes,
  exec,
}: Pick<RunningCluster, "canReachNodes" | "nodes" | "exec">): Promise<boolean> {
  if (!canReachNodes) return false;
  const workers = nodes.filter((node) => !node.controlPlane);
  const asked = workers.map(({ name }) =>
    exec(name, ["sh", "-c", "command -v xfs_io"], { allowFailure: true }),
  );
  return (await Promise.all(asked)).every(({ exitCode }) => exitCode === 0);
}

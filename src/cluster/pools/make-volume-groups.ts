// SPDX-License-Identifier: Apache-2.0
import type { ClusterNode, RunningCluster } from "../provider.ts";
import { lvmConfiguration, lvmFolder, lvmLocalConfiguration, lvmLockFolder } from "./lvm-configuration.ts";

const lvm = ["env", `LVM_SYSTEM_DIR=${lvmFolder}`, "LVM_SUPPRESS_FD_WARNINGS=1"] as const;

/** Makes one node's volume groups on its loop devices, seen and usable by that node alone, and says so in pools.json. */
export async function makeVolumeGroups(
  cluster: Pick<RunningCluster, "exec">,
  node: ClusterNode,
): Promise<void> {
  if (node.pools.length === 0) return;
  const devices = node.pools.map((pool) => pool.device);
  await cluster.exec(node.name, ["mkdir", "-p", lvmFolder, lvmLockFolder]);
  await writeOnNode(cluster, node.name, `${lvmFolder}/lvm.conf`, lvmConfiguration(devices));
  await writeOnNode(cluster, node.name, `${lvmFolder}/lvmlocal.conf`, lvmLocalConfiguration(node.name));
  for (const pool of node.pools) {
    await makeDeviceNode(cluster, node.name, pool.device);
    await cluster.exec(node.name, [...lvm, "vgcreate", "--yes", "--quiet", pool.volumeGroup, pool.device]);
  }
  const pools = node.pools.map(({ class: poolClass, volumeGroup, device, thin }) => ({
    class: poolClass,
    volumeGroup,
    device,
    ...(thin === undefined ? {} : { thin }),
  }));
  await writeOnNode(
    cluster,
    node.name,
    "/etc/seaworthy/pools.json",
    JSON.stringify({ node: node.name, pools }),
  );
}

/** /dev of a kind node is a copy made at its start: a device attached later is not in it (kind issue 1248). */
export async function makeDeviceNode(
  cluster: Pick<RunningCluster, "exec">,
  node: string,
  device: string,
): Promise<void> {
  const exists = await cluster.exec(node, ["test", "-b", device], { allowFailure: true });
  if (exists.exitCode === 0) return;
  await cluster.exec(node, ["mknod", "--mode=660", device, "b", "7", device.slice("/dev/loop".length)]);
}

export async function writeOnNode(
  cluster: Pick<RunningCluster, "exec">,
  node: string,
  path: string,
  text: string,
): Promise<void> {
  await cluster.exec(node, ["tee", path], { input: text });
}

// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import type { ClusterNode, RunningCluster } from "../provider.ts";
import { type ClusterShape, shapeZonePools, type ZonePool } from "../shape.ts";
import { lvmConfiguration, lvmLockFolder, zoneFolder, zoneLocalConfiguration } from "./lvm-configuration.ts";
import { makeDeviceNode, writeOnNode } from "./make-volume-groups.ts";

/** A zone's pool before its loop device exists. */
interface PlannedZonePool extends ZonePool {
  readonly volumeGroup: string;
  readonly backingFile: string;
}

/** A zone's pool on its loop device, which every node of the zone sees. */
export interface ZoneDevice extends PlannedZonePool {
  readonly device: string;
}

/** Names the groups and files of a shape's zones. */
export function planZonePools(cluster: string, shape: ClusterShape, folder: string): PlannedZonePool[] {
  return shapeZonePools(shape).map((pool) => ({
    ...pool,
    volumeGroup: `${cluster}-${pool.zone}-${pool.class}`.replaceAll("-", "_"),
    backingFile: join(folder, "pools", `zone-${pool.zone}-${pool.class}.img`),
  }));
}

/**
 * Makes each zone's volume groups under the zone's own system id, and lets every node of the zone use them: the nodes of
 * other zones see neither device nor group (lvmsystemid(7), extra_system_ids).
 */
export async function makeZoneGroups(
  cluster: Pick<RunningCluster, "exec">,
  nodes: readonly ClusterNode[],
  pools: readonly ZoneDevice[],
): Promise<void> {
  for (const zone of new Set(pools.map((pool) => pool.zone))) {
    const own = pools.filter((pool) => pool.zone === zone);
    const members = nodes.filter((node) => node.zone === zone);
    await Promise.all(members.map((node) => admitNode(cluster, node.name, zone, own)));
    const [first] = members;
    if (first === undefined) continue;
    const lvm = ["env", `LVM_SYSTEM_DIR=${zoneFolder}/lvm`, "LVM_SUPPRESS_FD_WARNINGS=1"] as const;
    for (const { volumeGroup, device } of own) {
      const options = ["--yes", "--quiet", "--systemid", zone];
      await cluster.exec(first.name, [...lvm, "vgcreate", ...options, volumeGroup, device]);
    }
  }
}

async function admitNode(
  cluster: Pick<RunningCluster, "exec">,
  node: string,
  zone: string,
  own: readonly ZoneDevice[],
): Promise<void> {
  const devices = own.map((pool) => pool.device);
  await cluster.exec(node, ["mkdir", "-p", `${zoneFolder}/lvm`, lvmLockFolder]);
  await writeOnNode(cluster, node, `${zoneFolder}/lvm/lvm.conf`, lvmConfiguration(devices));
  await writeOnNode(cluster, node, `${zoneFolder}/lvm/lvmlocal.conf`, zoneLocalConfiguration(node, zone));
  for (const device of devices) await makeDeviceNode(cluster, node, device);
  const pools = own.map(({ class: poolClass, volumeGroup, device }) => ({
    class: poolClass,
    volumeGroup,
    device,
  }));
  await writeOnNode(cluster, node, `${zoneFolder}/pools.json`, JSON.stringify({ node, zone, pools }));
}

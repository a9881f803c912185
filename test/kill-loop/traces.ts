// SPDX-License-Identifier: Apache-2.0
import { lvmFolder } from "../../src/cluster/pools/lvm-configuration.ts";
import { runLvm } from "../../src/cluster/pools/pool-state.ts";
import type { RunningCluster } from "../../src/cluster/provider.ts";
import { mountLister } from "../../src/harness/mount-points.ts";
import type { KubeClient } from "../../src/kube/kube-client.ts";
import type { KubeObject } from "../../src/kube/objects.ts";
import type { Resource } from "../../src/kube/resources.ts";
import { exec } from "../../src/support/exec.ts";

/** What a driver may leave behind, each in words. */
type Traces = readonly string[];

const records: Resource<KubeObject & { readonly spec: { readonly driverName: string } }> = {
  apiVersion: "local.seaworthy.dev/v1alpha1",
  kind: "LogicalVolume",
  plural: "logicalvolumes",
  namespaced: false,
};

/** Logical volumes, mounts and records of a driver, and the loop devices of this machine, by what they map. */
export async function listTraces(cluster: RunningCluster, kube: KubeClient, driver: string): Promise<Traces> {
  const [volumes, mounts, loops, { items }] = await Promise.all([
    logicalVolumes(cluster, driver),
    mountLister(cluster)(),
    exec(["losetup", "--list", "--noheadings", "--output", "BACK-FILE,OFFSET,SIZELIMIT"]),
    kube.list(records),
  ]);
  const staged = mounts.filter(({ point }) => point.includes(`/csi/${driver}/`));
  const own = items.filter(({ spec }) => spec.driverName === driver);
  return [
    ...volumes,
    ...staged.map(({ node, point }) => `mount ${point} on ${node}`),
    ...linesOf(loops.stdout).map((line) => `loop device on ${line}`),
    ...own.map(({ metadata }) => `LogicalVolume ${metadata.name}`),
  ];
}

async function logicalVolumes(cluster: RunningCluster, driver: string): Promise<string[]> {
  const workers = cluster.nodes.filter((node) => !node.controlPlane);
  const select = `lv_tags={"sw.driver=${driver}"}`;
  const lists = workers.map(async ({ name }) => {
    const argv = ["lvs", "--noheadings", "--options=lv_name", "--select", select] as const;
    return linesOf(await runLvm(cluster, name, { lvmFolder }, [...argv])).map(
      (volume) => `logical volume ${volume} on ${name}`,
    );
  });
  return (await Promise.all(lists)).flat();
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim().replaceAll(/\s+/g, " "))
    .filter((line) => line !== "");
}

/** What is there afterwards and was not before; two of the same count as two. */
export function describeLeft(before: Traces, after: Traces): string[] {
  const known = [...before];
  return after.filter((trace) => {
    const at = known.indexOf(trace);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}

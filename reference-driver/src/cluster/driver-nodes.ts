// SPDX-License-Identifier: Apache-2.0
import { CoreV1Api, StorageV1Api } from "@kubernetes/client-node";
import type { KubeConfig } from "@kubernetes/client-node";
import type { NodePlace } from "../back-end/back-end.ts";

/** The nodes on which the kubelet knows this driver, with the values of its topology keys. */
export async function readDriverNodes(config: KubeConfig, driverName: string): Promise<NodePlace[]> {
  const [csiNodes, nodes] = await Promise.all([
    config.makeApiClient(StorageV1Api).listCSINode(),
    config.makeApiClient(CoreV1Api).listNode(),
  ]);
  return csiNodes.items.flatMap(({ metadata, spec }) => {
    // A node without any driver has null where the client's type promises a list.
    const drivers = (spec.drivers as typeof spec.drivers | null) ?? [];
    const driver = drivers.find((each) => each.name === driverName);
    if (driver === undefined) return [];
    const labels = nodes.items.find((node) => node.metadata?.name === metadata?.name)?.metadata?.labels ?? {};
    const keys = (driver.topologyKeys ?? []).flatMap((key) =>
      labels[key] === undefined ? [] : [[key, labels[key]] as const],
    );
    return [{ node: driver.nodeID, segments: Object.fromEntries(keys) }];
  });
}

// SPDX-License-Identifier: Apache-2.0
import { CoreV1Api } from "@kubernetes/client-node";
import type { KubeConfig } from "@kubernetes/client-node";
import pRetry from "p-retry";
import { ZONE_KEY } from "../csi/placement.ts";
import type { Scope } from "../csi/scope.ts";
import type { Segments } from "../csi/messages.ts";

/** Labels of a Node that are the driver's topology keys, from the narrowest to the widest place. */
const TOPOLOGY_KEYS = ["kubernetes.io/hostname", "topology.seaworthy.dev/rack", ZONE_KEY] as const;

/** Picks the topology segments out of a node's labels; a key the node has no label for is left out. */
export function segmentsFrom(labels: Readonly<Record<string, string>>, scope: Scope = "node"): Segments {
  const keys = scope === "zone" ? [ZONE_KEY] : TOPOLOGY_KEYS;
  return Object.fromEntries(keys.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]])));
}

/** Reads this node's topology from the API server, which may still be on its way. */
export async function readNodeTopology(config: KubeConfig, node: string, scope: Scope): Promise<Segments> {
  const api = config.makeApiClient(CoreV1Api);
  const read = async () => segmentsFrom((await api.readNode({ name: node })).metadata?.labels ?? {}, scope);
  return pRetry(read, { retries: 8, minTimeout: 250, maxTimeout: 4_000 });
}

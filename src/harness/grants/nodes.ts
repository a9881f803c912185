// SPDX-License-Identifier: Apache-2.0
import type { NodeView, Nodes } from "../../catalogue/context/nodes.ts";
import { isSchedulable } from "../../kube/conditions.ts";
import type { KubeClient } from "../../kube/kube-client.ts";
import { cordonLabel } from "../../kube/labels.ts";
import { resources } from "../../kube/resources.ts";
import { KitError } from "../../support/errors.ts";
import type { CaseRun } from "../case-run.ts";

const zoneLabel = "topology.kubernetes.io/zone";

/** Ready nodes that take pods, by name; one that a case of another run has closed for a while counts too. */
export async function listWorkers(kube: KubeClient, rackLabel: string): Promise<readonly NodeView[]> {
  const { items } = await kube.list(resources.nodes);
  return items
    .filter((node) => isSchedulable(node) || node.metadata.labels?.[cordonLabel] !== undefined)
    .map(({ metadata }) => toView(metadata.name, metadata.labels ?? {}, rackLabel))
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function grantNodes({ workers, settings }: CaseRun): Nodes {
  return {
    workers,
    zones: [...new Set(workers.flatMap((node) => node.zone ?? []))].sort(),
    named: (name) => {
      const node = workers.find((one) => one.name === name);
      if (node === undefined)
        throw new KitError("NODE_UNKNOWN", `node ${name}: is not a Ready worker of this cluster`);
      return node;
    },
    besides: (node) =>
      workers.filter(
        (one) =>
          one.name !== node.name &&
          settings.driver.topologyKeys.every((key) => one.labels[key] === node.labels[key]),
      ),
  };
}

function toView(name: string, labels: Readonly<Record<string, string>>, rackLabel: string): NodeView {
  const zone = labels[zoneLabel];
  const rack = labels[rackLabel];
  return { name, labels, ...(zone === undefined ? {} : { zone }), ...(rack === undefined ? {} : { rack }) };
}

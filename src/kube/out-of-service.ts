// SPDX-License-Identifier: Apache-2.0
import type { KubeClient } from "./kube-client.ts";
import { isStatus } from "./kube-client.ts";
import type { Node } from "./objects.ts";
import { resources } from "./resources.ts";

/** Kubernetes' own taint for a node that is known to be off (concepts: non-graceful node shutdown). */
const key = "node.kubernetes.io/out-of-service";

type Taint = NonNullable<NonNullable<Node["spec"]>["taints"]>[number];

/** Says of a node that it is off, and in the taint's value for which driver's run, so that a later run can undo it. */
export async function takeOutOfService(kube: KubeClient, name: string, driver: string): Promise<void> {
  const taint = { key, value: driver, effect: "NoExecute" };
  await changeTaints(kube, name, (taints) => [...taints.filter((one) => one.key !== key), taint]);
}

export async function returnToService(kube: KubeClient, name: string): Promise<void> {
  await changeTaints(kube, name, (taints) => taints.filter((one) => one.key !== key));
}

/** Takes the taint from every node that a run against this driver left with it. */
export async function returnAllToService(kube: KubeClient, driver: string): Promise<void> {
  const { items } = await kube.list(resources.nodes);
  const left = items.filter(({ spec }) =>
    spec?.taints?.some((one) => one.key === key && one.value === driver),
  );
  await Promise.all(left.map(({ metadata }) => returnToService(kube, metadata.name)));
}

/** The node controller writes taints too: what it changed in between is read again (optimistic concurrency). */
async function changeTaints(
  kube: KubeClient,
  name: string,
  change: (taints: readonly Taint[]) => readonly Taint[],
): Promise<void> {
  for (;;) {
    const { metadata, spec } = await kube.get(resources.nodes, { name });
    const { resourceVersion } = metadata;
    try {
      const taints = change(spec?.taints ?? []);
      await kube.patch(resources.nodes, { name }, { metadata: { resourceVersion }, spec: { taints } });
      return;
    } catch (thrown) {
      if (!isStatus(thrown, 409)) throw thrown;
    }
  }
}

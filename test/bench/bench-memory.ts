// SPDX-License-Identifier: Apache-2.0
import { execInPod } from "../../src/kube/exec.ts";
import type { KubeClient } from "../../src/kube/kube-client.ts";
import { resources } from "../../src/kube/resources.ts";
import type { Figure } from "./figures.ts";
import { memoryIn } from "./standalone-driver.ts";

/** Which of the driver's programs run on every node, and what they are called in figures. */
const PARTS = [
  { component: "node", name: "node agent: resident memory", goal: { atMost: 120 } },
  { component: "manager", name: "manager: resident memory" },
  { component: "discoverer", name: "discoverer: resident memory" },
];

/** Resident memory of the driver's programs on the nodes: the largest of each. */
export async function benchMemory(kube: KubeClient, namespace: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { component, name, goal } of PARTS) {
    const labels = `app.kubernetes.io/component=${component}`;
    const { items } = await kube.list(resources.pods, { namespace, labels });
    const sizes = await Promise.all(
      items.map(async ({ metadata, spec }) => {
        const container = spec.containers[0]?.name ?? "";
        const place = { namespace, pod: metadata.name, container };
        return memoryIn((await execInPod(kube, place, ["cat", "/proc/1/status"])).stdout).now;
      }),
    );
    if (sizes.length === 0) continue;
    const how = `largest of ${String(sizes.length)} nodes; half of it and more is Node.js itself, which the programs of a node share`;
    figures.push({ name, value: Math.max(...sizes), unit: "MiB", how, ...(goal && { goal }) });
  }
  return figures;
}

// SPDX-License-Identifier: Apache-2.0
import type { BindingMode } from "../../catalogue/context/modes.ts";
import type { NodeView } from "../../catalogue/context/nodes.ts";
import type { Capacity } from "../../catalogue/context/pools.ts";
import type { CapacityObject } from "../../kube/objects.ts";
import { bytesOf } from "../../kube/quantity.ts";
import { resources } from "../../kube/resources.ts";
import { untilObjects, type Look } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { classNameOf } from "./claims.ts";
import { readPool } from "./pools.ts";

export function grantCapacity(run: CaseRun): Capacity<BindingMode> {
  return {
    untilTrue: async (of, node) => {
      const storageClass = classNameOf(run, of);
      const wait = waitFor(
        run,
        "capacityReported",
        `the capacity of class ${storageClass} on ${node.name} to be reported within one extent`,
      );
      await untilObjects(run.kube, { resource: resources.capacities, selection: {} }, wait, (objects) => {
        const own = [...objects.values()].filter(
          (object) => object.storageClassName === storageClass && isAbout(object, node),
        );
        return compare(run, own, node);
      });
    },
  };
}

/** Told anew by every change of any object, the pool is read each time: what others do to it meanwhile is in both figures. */
async function compare(
  run: CaseRun,
  own: readonly CapacityObject[],
  node: NodeView,
): Promise<Look<undefined>> {
  const [object, ...more] = own;
  if (object === undefined) return { done: false, seen: "no CSIStorageCapacity object" };
  if (more.length > 0) return { done: false, seen: `${String(own.length)} CSIStorageCapacity objects` };
  const { freeBytes, largestBytes, extentBytes } = await readPool(run, node);
  const capacity = bytesOf(object.capacity ?? "0");
  const largest = bytesOf(object.maximumVolumeSize ?? object.capacity ?? "0");
  const isTrue =
    Math.abs(capacity - freeBytes) <= extentBytes && Math.abs(largest - largestBytes) <= extentBytes;
  const figures = `capacity ${String(capacity)}, maximumVolumeSize ${String(largest)}`;
  const seen = `${figures}; the pool has ${String(freeBytes)} free, ${String(largestBytes)} in one piece`;
  return isTrue ? { done: true, value: undefined } : { done: false, seen };
}

function isAbout({ nodeTopology }: CapacityObject, { labels }: NodeView): boolean {
  const wanted = Object.entries(nodeTopology?.matchLabels ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

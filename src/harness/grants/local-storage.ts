// SPDX-License-Identifier: Apache-2.0
import type { LocalStorage } from "../../catalogue/context/local-storage.ts";
import type { NodeView } from "../../catalogue/context/nodes.ts";
import type { PoolState } from "../../catalogue/context/pools.ts";
import type { NodeLocalStorage } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { type Look, untilObjects } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { readPool } from "./pools.ts";

export function grantLocalStorage(run: CaseRun): LocalStorage {
  return { untilTrue: (node) => untilTrue(run, node) };
}

/** Looks at the node when its object is written, which its heartbeat does now and then; other drivers' objects are none of this. */
async function untilTrue(run: CaseRun, node: NodeView): Promise<void> {
  const wait = waitFor(run, "capacityReported", `NodeLocalStorage of ${node.name} to agree with LVM there`);
  let last: { readonly version: string; readonly look: Look<undefined> } | undefined;
  await untilObjects(run.kube, { resource: resources.localStorages, selection: {} }, wait, async (found) => {
    const own = [...found.values()].filter(
      ({ spec }) => spec.driverName === run.settings.driver.name && spec.node === node.name,
    );
    const version = own.map(({ metadata }) => metadata.resourceVersion).join();
    if (last?.version !== version) last = { version, look: await lookAt(run, node, own) };
    return last.look;
  });
}

async function lookAt(
  run: CaseRun,
  node: NodeView,
  objects: readonly NodeLocalStorage[],
): Promise<Look<undefined>> {
  const pool = await readPool(run, node);
  const object = objects.find(({ status }) => status?.volumeGroup === pool.volumeGroup);
  if (object === undefined)
    return { done: false, seen: `${String(objects.length)} objects, none of group ${pool.volumeGroup}` };
  const held = ((await run.backEnd?.list()) ?? []).filter((item) => item.node === node.name);
  const wrong = disagreements(
    object,
    pool,
    held.map(({ id }) => id),
  );
  return wrong.length === 0 ? { done: true, value: undefined } : { done: false, seen: wrong.join("; ") };
}

function disagreements({ status }: NodeLocalStorage, pool: PoolState, held: readonly string[]): string[] {
  const off = Math.abs((status?.available ?? 0) - pool.freeBytes);
  return [
    ...differs("devices", inOrder(status?.devices), inOrder(pool.devices)),
    ...differs("capacity", String(status?.capacity), String(pool.totalBytes)),
    ...(off <= pool.extentBytes
      ? []
      : differs("available", String(status?.available), String(pool.freeBytes))),
    ...differs("logicalVolumes", inOrder(status?.logicalVolumes?.map(({ name }) => name)), inOrder(held)),
  ];
}

function differs(field: string, said: string, found: string): string[] {
  return said === found ? [] : [`${field} says ${said || "none"}, on the node it is ${found || "none"}`];
}

function inOrder(names: readonly string[] = []): string {
  return names.toSorted().join(", ");
}

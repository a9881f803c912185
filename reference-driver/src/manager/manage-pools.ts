// SPDX-License-Identifier: Apache-2.0
import type { CustomResource } from "../cluster/custom-resource.ts";
import type { EventWriter } from "../cluster/event-writer.ts";
import { blankStorage, figuresOf, storageName } from "../cluster/resources.ts";
import type { NodeLocalStorage } from "../cluster/resources.ts";
import { log } from "../support/log.ts";
import { writeConditions } from "./condition-writer.ts";
import { keepGroup, missingDevices } from "./group-keeper.ts";
import type { NodeFiles } from "./node-files.ts";
import { devicesPresent, roomLeft } from "./pool-conditions.ts";
import type { DeviceState } from "./pool-conditions.ts";
import { planPools } from "./pool-plan.ts";
import type { ManagedClass, ManagedNode, PoolPlan } from "./pool-plan.ts";

/** What the manager of a node works with. */
export interface ManagerParts {
  readonly files: NodeFiles;
  readonly storages: CustomResource<NodeLocalStorage>;
  readonly events: EventWriter;
}

/** What the manager has seen when it sets to work. */
export interface Seen {
  readonly node: ManagedNode;
  readonly classes: readonly ManagedClass[];
  /** The objects of this node's pools, of all instances of the driver. */
  readonly storages: readonly NodeLocalStorage[];
}

const OWNER = "seaworthy-manager";

/** One round: makes the node's groups what the classes say, and its objects what the groups are. May be repeated at any time. */
export async function managePools(parts: ManagerParts, seen: Seen): Promise<void> {
  const known = await parts.files.readPools();
  const { plans, mistakes } = planPools(seen.classes, seen.node, known);
  for (const { storageClass, message } of mistakes)
    log({ event: "class not followed", storageClass, message });
  for (const plan of plans) {
    const devices = await keepGroup(plan.volumeGroup, plan.paths, {
      admit: (device) => parts.files.admitDevice(device),
    });
    const exists = devices.some((device) => device.state === "InGroup");
    const { poolClass, volumeGroup } = plan;
    if (exists && !known.some((entry) => entry.class === poolClass)) {
      await parts.files.addPool({ class: poolClass, volumeGroup });
      log({ event: "pool made", poolClass, volumeGroup, devices });
    }
    await report(parts, seen, plan, devices);
  }
}

async function report(
  { storages, events }: ManagerParts,
  seen: Seen,
  plan: PoolPlan,
  devices: readonly DeviceState[],
): Promise<void> {
  const ofPool = seen.storages.filter((storage) => storage.spec.poolClass === plan.poolClass);
  const drivers = new Set([...ofPool.map((storage) => storage.spec.driverName), ...plan.drivers]);
  const present = devicesPresent(devices, await missingDevices(plan.volumeGroup));
  for (const driverName of drivers) {
    const spec = { driverName, node: seen.node.name, poolClass: plan.poolClass };
    const found = ofPool.find((storage) => storage.spec.driverName === driverName);
    const storage = found ?? (await made(storages, spec));
    if (storage === undefined) continue;
    const figures = figuresOf(storage);
    const room = figures === undefined ? [] : [roomLeft(figures.available, figures.allocatable)];
    await writeConditions({ storages, events, owner: OWNER }, storage, [present, ...room]);
  }
}

async function made(
  storages: CustomResource<NodeLocalStorage>,
  spec: NodeLocalStorage["spec"],
): Promise<NodeLocalStorage | undefined> {
  await storages.create(blankStorage(spec));
  return storages.get(storageName(spec));
}

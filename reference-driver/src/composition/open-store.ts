// SPDX-License-Identifier: Apache-2.0
import type { KeyedLocks } from "../support/keyed-locks.ts";
import { log } from "../support/log.ts";
import { readPoolsFile } from "../store/pools-file.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import type { Flags } from "./flags.ts";
import type { Services } from "./services.ts";

/** A store and the place its volumes are in: the node, or the zone whose nodes share it. */
interface OpenedStore {
  readonly store: VolumeStore;
  readonly place: string;
}

/** Opens the pools a node was given and says how their volumes are activated. */
export async function openStore(services: Services, flags: Flags, locks: KeyedLocks): Promise<OpenedStore> {
  process.env["LVM_SYSTEM_DIR"] ??= flags.lvmSystemDir;
  const { node, zone, pools } = await readPoolsFile(flags.pools);
  if (node !== flags.node) throw new Error(`${flags.pools}: is for node ${node}, this is ${flags.node}`);
  const shared = flags.scope === "zone";
  if (shared !== (zone !== undefined)) {
    const found = zone === undefined ? "names no zone" : `names zone ${zone}`;
    throw new Error(`${flags.pools}: ${found}, but --scope is ${flags.scope}`);
  }
  const sharedAs = shared ? node : undefined;
  const store = await services.openStore({ driverName: flags.driverName, pools, locks, sharedAs });
  log({ event: "pools", node, zone, activation: store.activation, pools });
  return { store, place: zone ?? node };
}

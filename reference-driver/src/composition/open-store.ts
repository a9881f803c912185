// SPDX-License-Identifier: Apache-2.0
import type { KeyedLocks } from "../support/keyed-locks.ts";
import { log } from "../support/log.ts";
import { readPoolsFile } from "../store/pools-file.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import type { Flags } from "./flags.ts";
import type { Services } from "./services.ts";

/** Opens the pools a node was given and says how their volumes are activated. */
export async function openStore(services: Services, flags: Flags, locks: KeyedLocks): Promise<VolumeStore> {
  process.env["LVM_SYSTEM_DIR"] ??= flags.lvmSystemDir;
  const { node, pools } = await readPoolsFile(flags.pools);
  if (node !== flags.node) throw new Error(`${flags.pools}: is for node ${node}, this is ${flags.node}`);
  const store = await services.openStore({ driverName: flags.driverName, pools, locks });
  log({ event: "pools", node, activation: store.activation, pools });
  return store;
}

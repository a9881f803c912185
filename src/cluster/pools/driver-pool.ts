// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import { KitError } from "../../support/errors.ts";
import type { RunningCluster } from "../provider.ts";
import { lvmFolder, zoneFolder } from "./lvm-configuration.ts";

/** Which of the pools a driver's classes cut from. */
interface PoolUse {
  readonly of: "node" | "zone";
  readonly class: string;
}

/** A volume group as one node reaches it. */
export interface DriverPool {
  readonly volumeGroup: string;
  /** For LVM_SYSTEM_DIR. */
  readonly lvmFolder: string;
  /** Held while the group is changed, where other nodes change it too. */
  readonly sharedDevice?: string;
}

const poolsFile = z.object({
  pools: z.array(z.object({ class: z.string(), volumeGroup: z.string(), device: z.string() })),
});

/** The pool of a node, or of its zone, as the kit wrote it down there for the driver; undefined when there is none. */
export async function findDriverPool(
  cluster: Pick<RunningCluster, "exec">,
  node: string,
  use: PoolUse,
): Promise<DriverPool | undefined> {
  const isZone = use.of === "zone";
  const file = isZone ? `${zoneFolder}/pools.json` : "/etc/seaworthy/pools.json";
  const { stdout, exitCode } = await cluster.exec(node, ["cat", file], { allowFailure: true });
  if (exitCode !== 0) return undefined;
  const pool = poolsFile.parse(JSON.parse(stdout)).pools.find((one) => one.class === use.class);
  if (pool === undefined) return undefined;
  const { volumeGroup, device } = pool;
  return isZone
    ? { volumeGroup, lvmFolder: `${zoneFolder}/lvm`, sharedDevice: device }
    : { volumeGroup, lvmFolder };
}

/** @throws KitError `POOL_UNKNOWN` when the kit made none there */
export async function needDriverPool(
  cluster: Pick<RunningCluster, "exec">,
  node: string,
  use: PoolUse | undefined,
): Promise<DriverPool> {
  const pool = use && (await findDriverPool(cluster, node, use));
  if (pool !== undefined) return pool;
  const wanted = use === undefined ? "the profile names no pools" : `no pool ${use.class} of the ${use.of}`;
  throw new KitError("POOL_UNKNOWN", `node ${node}: ${wanted}`);
}

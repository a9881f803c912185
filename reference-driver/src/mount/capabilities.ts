// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";

/** Number of CAP_SYS_RESOURCE (capabilities(7)). */
export const SYS_RESOURCE = 24n;

/** True when a process of these capabilities has one of them. @param status content of /proc/PID/status */
export function readsCapability(status: string, capability: bigint): boolean {
  const effective = /^CapEff:\s+([0-9a-f]+)$/m.exec(status)?.[1] ?? "0";
  return ((BigInt(`0x${effective}`) >> capability) & 1n) === 1n;
}

/** True when this process has the capability. */
export async function hasCapability(capability: bigint): Promise<boolean> {
  return readsCapability(await readFile("/proc/self/status", "utf8"), capability);
}

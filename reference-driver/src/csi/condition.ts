// SPDX-License-Identifier: Apache-2.0
import { SILENCE_MS } from "../back-end/back-end.ts";
import type { PlacedVolume, Site } from "../back-end/back-end.ts";
import type { Condition, Trouble, VolumeHealth } from "./messages.ts";

/** What is wrong with a volume, judged by what its pool last reported. */
export function troubleOf(volume: PlacedVolume, sites: readonly Site[], now: Date): Trouble | undefined {
  const site = sites.find(({ node, poolClass }) => node === volume.node && poolClass === volume.poolClass);
  const pool = poolOf(volume);
  const inaccessible = (reason: string, message: string): Trouble => ({
    status: "INACCESSIBLE",
    reason,
    message,
  });
  if (site === undefined) return inaccessible("PoolUnknown", `${pool} does not report`);
  const silentMs = now.getTime() - site.reportedAt.getTime();
  if (silentMs > SILENCE_MS)
    return inaccessible(
      "PoolSilent",
      `${pool} has not reported for ${String(Math.floor(silentMs / 1000))} s`,
    );
  if (!site.holds.has(volume.id))
    return { status: "DATA_LOSS", reason: "VolumeGone", message: `${pool} does not hold it any more` };
  return faultOf(volume, pool);
}

/** What the volume group itself says is wrong with a volume. */
export function faultOf(
  { fault }: { readonly fault?: string | undefined },
  pool: string,
): Trouble | undefined {
  return fault === undefined
    ? undefined
    : { status: "DEGRADED", reason: "BackEndFault", message: `${pool}: ${fault}` };
}

/** The same as CSI's VolumeCondition, which CSI 1.13 replaced. */
export function conditionOf(volume: PlacedVolume, sites: readonly Site[], now: Date): Condition {
  const trouble = troubleOf(volume, sites, now);
  return conditionIn(trouble, `held by ${poolOf(volume)}`);
}

/** @param well what is said when nothing is wrong */
export function conditionIn(trouble: Trouble | undefined, well: string): Condition {
  return { abnormal: trouble !== undefined, message: trouble?.message ?? well };
}

export function healthOf(volumeId: string, troubles: readonly (Trouble | undefined)[]): VolumeHealth {
  return { volumeId, healthStatuses: troubles.filter((trouble) => trouble !== undefined) };
}

function poolOf({ poolClass, node }: PlacedVolume): string {
  return `pool ${poolClass} of ${node}`;
}

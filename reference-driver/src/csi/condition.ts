// SPDX-License-Identifier: Apache-2.0
import { SILENCE_MS } from "../back-end/back-end.ts";
import type { PlacedVolume, Site } from "../back-end/back-end.ts";
import type { Condition } from "./messages.ts";

/** How a volume is, judged by what its pool last reported (CSI: VolumeCondition). */
export function conditionOf(volume: PlacedVolume, sites: readonly Site[], now: Date): Condition {
  const site = sites.find(({ node, poolClass }) => node === volume.node && poolClass === volume.poolClass);
  const pool = `pool ${volume.poolClass} of ${volume.node}`;
  if (site === undefined) return abnormal(`${pool} does not report`);
  const silentMs = now.getTime() - site.reportedAt.getTime();
  if (silentMs > SILENCE_MS)
    return abnormal(`${pool} has not reported for ${String(Math.floor(silentMs / 1000))} s`);
  if (!site.holds.has(volume.id)) return abnormal(`${pool} does not hold it any more`);
  if (volume.fault !== undefined) return abnormal(`${pool}: ${volume.fault}`);
  return { abnormal: false, message: `held by ${pool}` };
}

function abnormal(message: string): Condition {
  return { abnormal: true, message };
}

// SPDX-License-Identifier: Apache-2.0
import type { StorageCondition } from "../cluster/resources.ts";

/** What became of one chosen device. */
export type DeviceState =
  | { readonly path: string; readonly state: "InGroup" }
  | { readonly path: string; readonly state: "Missing" | "Foreign" | "Failed"; readonly why: string };

/** A pool with less than this part of it free is nearly full. */
const LEAST_FREE = 0.1;

export type FreshCondition = Omit<StorageCondition, "lastTransitionTime">;

/** DevicesPresent: every chosen device is in the group, and the group misses none. */
export function devicesPresent(devices: readonly DeviceState[], missingFromGroup: number): FreshCondition {
  const type = "DevicesPresent";
  const bad = devices.flatMap((device) => (device.state === "InGroup" ? [] : [device]));
  const [worst] = bad;
  if (worst !== undefined) {
    const message = bad.map(({ path, why }) => `${path}: ${why}`).join("; ");
    return { type, status: "False", reason: `Device${worst.state}`, message };
  }
  if (missingFromGroup > 0) {
    const message = `${String(missingFromGroup)} of the group's physical volumes cannot be found`;
    return { type, status: "False", reason: "DeviceVanished", message };
  }
  const message =
    devices.length === 0 ? "the group was made beforehand" : "all chosen devices are in the group";
  return { type, status: "True", reason: "AllPresent", message };
}

/** RoomLeft: False when less than a tenth of what the driver can use is free. */
export function roomLeft(availableBytes: number, allocatableBytes: number): FreshCondition {
  const percent = allocatableBytes === 0 ? 0 : Math.floor((100 * availableBytes) / allocatableBytes);
  const message = `${String(percent)} % of ${String(allocatableBytes)} bytes are free`;
  const enough = availableBytes >= allocatableBytes * LEAST_FREE && availableBytes > 0;
  return enough
    ? { type: "RoomLeft", status: "True", reason: "Roomy", message }
    : { type: "RoomLeft", status: "False", reason: "NearlyFull", message };
}

/** HeartbeatFresh: the node's agent reported within the time given. */
export function heartbeatFresh(heartbeat: string | undefined, silenceMs: number, now: Date): FreshCondition {
  const type = "HeartbeatFresh";
  if (heartbeat === undefined)
    return {
      type,
      status: "False",
      reason: "NeverReported",
      message: "the node's agent has not reported yet",
    };
  const silent = now.getTime() - Date.parse(heartbeat);
  if (silent <= silenceMs)
    return { type, status: "True", reason: "Reporting", message: "the node's agent reports" };
  const message = `the node's agent last reported at ${heartbeat}; the node gets no new volumes`;
  return { type, status: "False", reason: "Silent", message };
}

/** The condition to write, with the moment its status last changed; undefined when it is there already. */
export function changedCondition(
  fresh: FreshCondition,
  known: readonly StorageCondition[],
  now: Date,
): StorageCondition | undefined {
  const before = known.find((condition) => condition.type === fresh.type);
  if (before?.status !== fresh.status) return { ...fresh, lastTransitionTime: now.toISOString() };
  if (before.reason === fresh.reason && before.message === fresh.message) return undefined;
  return { ...fresh, lastTransitionTime: before.lastTransitionTime };
}

// SPDX-License-Identifier: Apache-2.0
import type { PlacedVolume } from "../back-end/back-end.ts";
import type { VolumeSpec } from "../store/volume-spec.ts";
import { DRIVER_LABEL, FINALIZER, GROUP, VERSION } from "./resources.ts";
import type { LogicalVolume } from "./resources.ts";

/** The record that asks a node for a volume. */
export function recordFor(spec: VolumeSpec, node: string, driverName: string): LogicalVolume {
  const { id, kind, poolClass, bytes, csiName, source, group, readAheadKib } = spec;
  const labels = { [DRIVER_LABEL]: driverName };
  const optional = {
    ...(source === undefined ? {} : { source }),
    ...(group === undefined ? {} : { group }),
    ...(readAheadKib === undefined ? {} : { readAheadKib }),
  };
  return {
    apiVersion: `${GROUP}/${VERSION}`,
    kind: "LogicalVolume",
    metadata: { name: id, labels, finalizers: [FINALIZER] },
    spec: { driverName, node, poolClass, kind, bytes, csiName, ...optional },
  };
}

export type Settled = LogicalVolume | "gone";

/** The record when its node is done with it. */
export function settled(record: LogicalVolume | undefined): Settled | undefined {
  if (record === undefined) return "gone";
  const phase = record.status?.phase;
  return phase === "Ready" || phase === "Failed" ? record : undefined;
}

/** A complete volume; undefined while it is being made, has failed, or goes away. */
export function placed(record: LogicalVolume): PlacedVolume | undefined {
  const { status, spec, metadata } = record;
  if (status?.phase !== "Ready" || metadata?.deletionTimestamp !== undefined) return undefined;
  const { kind, poolClass, csiName, node, source, bytes, group, readAheadKib, attachedTo } = spec;
  const createdAt = new Date(status.createdAt ?? 0);
  return {
    id: metadata?.name ?? "",
    kind,
    poolClass,
    csiName,
    node,
    source,
    group,
    readAheadKib,
    attachedTo,
    bytes: status.bytes ?? bytes,
    createdAt,
  };
}

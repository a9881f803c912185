// SPDX-License-Identifier: Apache-2.0
import type { NodeLocalStorage } from "../cluster/resources.ts";
import type { PoolView } from "./model.ts";

/** The pools that have reported; one that never did has no figures to go by. */
export function poolViews(storages: readonly NodeLocalStorage[]): PoolView[] {
  return storages.flatMap(({ metadata, spec, status }) =>
    status === undefined
      ? []
      : [
          {
            name: metadata?.name ?? "",
            driverName: spec.driverName,
            node: spec.node,
            poolClass: spec.poolClass,
            segments: status.topology,
            capacityBytes: status.allocatable,
            availableBytes: status.available,
            largestVolumeBytes: status.largestVolume,
            volumes: new Set(status.logicalVolumes.map((volume) => volume.name)),
            heartbeat: new Date(status.heartbeat),
          },
        ],
  );
}

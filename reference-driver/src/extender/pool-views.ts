// SPDX-License-Identifier: Apache-2.0
import { figuresOf } from "../cluster/resources.ts";
import type { NodeLocalStorage } from "../cluster/resources.ts";
import type { PoolView } from "./model.ts";

/** The pools that have reported; one that never did has no figures to go by. */
export function poolViews(storages: readonly NodeLocalStorage[]): PoolView[] {
  return storages.flatMap((storage) => poolView(storage) ?? []);
}

function poolView(storage: NodeLocalStorage): PoolView | undefined {
  const figures = figuresOf(storage);
  if (figures === undefined) return undefined;
  return {
    ...storage.spec,
    name: storage.metadata?.name ?? "",
    segments: figures.topology,
    capacityBytes: figures.allocatable,
    availableBytes: figures.available,
    largestVolumeBytes: figures.largestVolume,
    volumes: new Set(figures.logicalVolumes.map((volume) => volume.name)),
    heartbeat: new Date(figures.heartbeat),
  };
}

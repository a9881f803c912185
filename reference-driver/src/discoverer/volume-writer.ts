// SPDX-License-Identifier: Apache-2.0
import { CoreV1Api, KubernetesObjectApi } from "@kubernetes/client-node";
import type { KubeConfig } from "@kubernetes/client-node";
import type { VolumeWriter } from "./keep-volumes.ts";

const NOT_FOUND = 404;
const CONFLICT = 409;

/** Writes PersistentVolumes to the API server. */
export function createVolumeWriter(config: KubeConfig): VolumeWriter {
  const objects = KubernetesObjectApi.makeApiClient(config);
  const core = config.makeApiClient(CoreV1Api);
  return {
    create: (volume) => ignoring(CONFLICT, () => objects.create(volume)),
    delete: (name) => ignoring(NOT_FOUND, () => core.deletePersistentVolume({ name })),
  };
}

async function ignoring(status: number, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as { code?: unknown }).code !== status) throw error;
  }
}

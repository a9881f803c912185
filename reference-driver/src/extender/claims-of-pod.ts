// SPDX-License-Identifier: Apache-2.0
import type { Pod } from "./objects.ts";

/** Names of the claims a pod uses, those of its generic ephemeral volumes too (`<pod>-<volume>`), each once. */
export function claimsOfPod(pod: Pod): string[] {
  const names = (pod.spec?.volumes ?? []).flatMap((volume) => {
    if (volume.persistentVolumeClaim !== undefined) return [volume.persistentVolumeClaim.claimName];
    if (volume.ephemeral !== undefined) return [`${pod.metadata?.name ?? ""}-${volume.name}`];
    return [];
  });
  return [...new Set(names)];
}

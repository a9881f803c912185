// SPDX-License-Identifier: Apache-2.0
import type { PodManner } from "../../catalogue/context/pod-manner.ts";
import type { CaseRun } from "../case-run.ts";
import { dataPath } from "../probe-pod.ts";
import { claimSpec } from "./claims.ts";

interface Mount {
  readonly mountPath: string;
}

interface PodParts {
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
  readonly containers?: readonly { readonly volumeMounts?: readonly Mount[] }[];
}

/** Changes a plain pod's spec so that it uses the volume at {@link dataPath} in this manner. */
export function applyManner(
  run: CaseRun,
  spec: Record<string, unknown>,
  manner: PodManner | undefined,
): Record<string, unknown> {
  if (manner === undefined) return spec;
  const { volumes = [], containers = [] } = spec as PodParts;
  return {
    ...spec,
    ...securityOf(manner),
    volumes: volumesOf(run, volumes, manner),
    containers: containers.map((container) => ({
      ...container,
      volumeMounts: mountsOf(container.volumeMounts ?? [], manner),
    })),
  };
}

function securityOf({ fsGroup, fsGroupChangePolicy, user }: PodManner): Record<string, unknown> {
  const runAs = user === undefined ? {} : { runAsUser: user, runAsGroup: user };
  return { securityContext: { fsGroup, fsGroupChangePolicy, ...runAs } };
}

function volumesOf(
  run: CaseRun,
  volumes: readonly Readonly<Record<string, unknown>>[],
  { ephemeral, readOnly }: PodManner,
): unknown[] {
  if (ephemeral === undefined) {
    return volumes.map(({ persistentVolumeClaim: claim, ...volume }) => ({
      ...volume,
      persistentVolumeClaim: { ...(claim as object), readOnly },
    }));
  }
  const spec = claimSpec(run, ephemeral.class, ephemeral.megabytes);
  const volumeClaimTemplate = { metadata: { labels: run.labels }, spec };
  return [...volumes, { name: "data", ephemeral: { volumeClaimTemplate } }];
}

function mountsOf(mounts: readonly Mount[], { ephemeral, subPath }: PodManner): Mount[] {
  const all = ephemeral === undefined ? mounts : [...mounts, { name: "data", mountPath: dataPath }];
  return all.map((mount) => (mount.mountPath === dataPath ? { ...mount, subPath } : mount));
}

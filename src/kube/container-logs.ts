// SPDX-License-Identifier: Apache-2.0
import type { KubeClient } from "./kube-client.ts";
import { resources } from "./resources.ts";

/** Whose logs are kept: all pods of a namespace, or those a label selector names. */
export interface LogSource {
  readonly namespace: string;
  readonly labels?: string;
}

/** A log to read, by the name it is kept under. */
export interface ContainerLog {
  /** `<pod>.<container>`, and `.previous` for what ran before a restart. */
  readonly name: string;
  readonly read: () => Promise<string>;
}

/** As much as is read of one log; the API server counts from the first line that is asked for. */
const longestRead = 8 * 1024 * 1024;

/** As much as is kept: the end, since what went wrong stands there. */
const longestKept = 256 * 1024;

/** Of the system's own pods only those that have a part in volumes. */
const systemPods = /^(snapshot-controller|kube-scheduler|kube-controller-manager)/;

/** The logs of driver and sidecars since a moment, also of containers that were restarted. */
export async function findLogs(
  kube: KubeClient,
  sources: readonly LogSource[],
  since: Date,
): Promise<ContainerLog[]> {
  const lists = await Promise.all(sources.map((source) => kube.list(resources.pods, source)));
  const query = {
    sinceSeconds: Math.max(1, Math.ceil((Date.now() - since.getTime()) / 1000)),
    limitBytes: longestRead,
    timestamps: true,
  };
  return lists
    .flatMap(({ items }) => items)
    .filter(({ metadata }) => metadata.namespace !== "kube-system" || systemPods.test(metadata.name))
    .flatMap(({ metadata, spec, status }) =>
      spec.containers.flatMap(({ name: container }) => {
        const read = (previous: boolean) => async (): Promise<string> =>
          keepEnd(
            await kube.logs(metadata.namespace ?? "default", metadata.name, {
              ...query,
              container,
              previous,
            }),
          );
        const name = `${metadata.name}.${container}`;
        const restarts = status?.containerStatuses?.find((one) => one.name === container)?.restartCount ?? 0;
        return [
          { name, read: read(false) },
          ...(restarts > 0 ? [{ name: `${name}.previous`, read: read(true) }] : []),
        ];
      }),
    );
}

/** Cuts at a line, so that no credential is cut in half and then not known for one. */
function keepEnd(text: string): string {
  if (text.length <= longestKept) return text;
  const end = text.slice(-longestKept);
  const kept = end.slice(end.indexOf("\n") + 1);
  return `[${String(text.length - kept.length)} characters before this are left out]\n${kept}`;
}

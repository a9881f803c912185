// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import type { RunningCluster } from "../cluster/provider.ts";
import type { PersistentVolume } from "../kube/objects.ts";
import { shareNext } from "../support/share-next.ts";

/** What is mounted where, as a node sees it. */
export interface NodeMount {
  readonly node: string;
  readonly point: string;
}

/** Lists the mounts of all workers; callers that ask at the same time share one listing. */
export function mountLister(cluster: RunningCluster): () => Promise<readonly NodeMount[]> {
  const workers = cluster.nodes.filter((node) => !node.controlPlane);
  return shareNext(async () => {
    const lists = workers.map(async ({ name: node }) => {
      const { stdout } = await cluster.exec(node, ["cat", "/proc/1/mountinfo"], { timeout: 30_000 });
      return mountPointsOf(stdout).map((point) => ({ node, point }));
    });
    return (await Promise.all(lists)).flat();
  });
}

/** Mount points of a mountinfo file (proc_pid_mountinfo(5)), one for each layer. */
export function mountPointsOf(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const point = line.split(" ")[4];
    return point === undefined
      ? []
      : [point.replaceAll(/\\([0-7]{3})/g, (_all, code: string) => unescape(code))];
  });
}

/** Options of the mounts at a path, those of each mount itself. */
export function mountOptionsOf(text: string, path: string): string[][] {
  return text
    .split("\n")
    .filter((line) => mountPointsOf(line).includes(path))
    .map((line) => (line.split(" ")[5] ?? "").split(","));
}

/** What in a mount point's path says that it belongs to a volume: the kubelet uses its name or a hash of its handle. */
export function mountMarksOf(volumes: readonly PersistentVolume[]): string[] {
  return volumes.flatMap(({ metadata, spec }) => {
    const handle = spec.csi?.volumeHandle;
    const hash = handle === undefined ? [] : [createHash("sha256").update(handle).digest("hex")];
    return [`/${metadata.name}/`, `/${metadata.name}`, ...hash];
  });
}

/** The mounts that belong to volumes with these marks. */
export function findMounts(mounts: readonly NodeMount[], marks: readonly string[]): NodeMount[] {
  return mounts.filter(({ point }) =>
    marks.some((mark) =>
      mark.endsWith("/") || !mark.startsWith("/") ? point.includes(mark) : point.endsWith(mark),
    ),
  );
}

function unescape(octal: string): string {
  return String.fromCharCode(Number.parseInt(octal, 8));
}

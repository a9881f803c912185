// SPDX-License-Identifier: Apache-2.0
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExecPlace } from "../../kube/pod-exec.ts";
import { isPodReady } from "../../kube/conditions.ts";
import type { KubeClient } from "../../kube/kube-client.ts";
import type { Pod } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { exec } from "../../support/exec.ts";
import { retry } from "../../support/retry.ts";
import { type OpenShard, openShard } from "../open-shard.ts";
import { workPlaces } from "./work-order.ts";
import { workerContainer } from "./worker-job.ts";

/** A worker's report that was checked, and where it is. */
export type TakenReport = OpenShard;

interface TakeRequest {
  readonly kube: KubeClient;
  readonly runDirectory: string;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** Undefined when the pod went while it was asked: then another takes its place. */
export async function takeFromPod(
  { kube, runDirectory, signal, print }: TakeRequest,
  { pod, index }: { readonly pod: Pod; readonly index: number },
): Promise<TakenReport | undefined> {
  const { name, namespace = "", uid } = pod.metadata;
  const folder = join(runDirectory, "workers", String(index + 1));
  const place = { namespace, pod: name, container: workerContainer };
  try {
    const taken = await retry(() => takeReport(kube, place, folder), {
      ...{ isTransient: () => true, retries: 3, signal },
    });
    print(`worker ${String(index + 1)}: its report is here`);
    return taken;
  } catch (thrown) {
    signal.throwIfAborted();
    const now = await kube.find(resources.pods, { namespace, name });
    if (now?.metadata.uid === uid && isPodReady(now)) throw thrown;
    return undefined;
  }
}

/**
 * Copies the report of a worker's pod into a folder, checks it, and lets the pod end.
 * @throws KitError `REPORT_DAMAGED` for one that is not whole
 */
async function takeReport(kube: KubeClient, place: ExecPlace, folder: string): Promise<TakenReport> {
  const end = await kube.connection.exec(place, ["tar", "--create", "--gzip", "-C", workPlaces.report, "."]);
  if (end.status.status !== "Success") throw new Error(end.status.message ?? "tar failed in the pod");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o750 });
  const archive = `${folder}.tar.gz`;
  await writeFile(archive, end.stdout);
  await exec(["tar", "--extract", "--gzip", "--no-same-owner", "--file", archive, "-C", folder]);
  await rm(archive);
  const taken = await openShard(folder, {});
  await kube.connection.exec(place, ["touch", workPlaces.taken]);
  return taken;
}

// SPDX-License-Identifier: Apache-2.0
import type { Shard } from "../../catalogue/shard.ts";
import { KitError } from "../../support/errors.ts";

/** What the command line says about running cases in the cluster, and what that goes together with. */
export interface WorkerOptions {
  readonly inCluster?: boolean;
  readonly workers?: string;
  readonly kitImage?: string;
  readonly shard?: Shard;
  readonly kubeconfig?: string;
}

/**
 * How many workers, when the cases are to run in the cluster.
 * @throws KitError of kind `usage`
 */
export function readWorkers(options: WorkerOptions): number | undefined {
  const { inCluster, workers, kitImage, shard, kubeconfig } = options;
  const wrong = (message: string): KitError => new KitError("IN_CLUSTER_INVALID", message, { kind: "usage" });
  if (inCluster !== true) {
    if (workers === undefined && kitImage === undefined) return undefined;
    throw wrong("--workers and --kit-image: only with --in-cluster");
  }
  if (shard !== undefined) throw wrong("--shard: not with --in-cluster, which makes parts of its own");
  if (kubeconfig !== undefined && kitImage === undefined)
    throw wrong(
      "--in-cluster on a cluster of yours needs --kit-image: `seaworthy image --kit --out kit.tar` writes it",
    );
  if (workers !== undefined && !/^[1-9]\d?$/.test(workers))
    throw wrong(`--workers ${workers}: expected 1 to 99`);
  return Number(workers ?? 2);
}

/** Flags that ask for the same workers. Nodes of the kit's own clusters get the image by themselves. */
export function workerFlags({ kubeconfig, kitImage = "" }: WorkerOptions, workers: number): string {
  const image = kubeconfig === undefined ? "" : ` --kit-image ${kitImage}`;
  return `--in-cluster --workers ${String(workers)}${image}`;
}

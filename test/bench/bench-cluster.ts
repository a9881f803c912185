// SPDX-License-Identifier: Apache-2.0
import { openDriver } from "../../src/cli/open-driver.ts";
import { clusterName } from "../../src/cluster/bring-up.ts";
import { openCluster } from "../../src/cluster/open.ts";
import { readShape } from "../../src/cluster/shape.ts";
import { openKube, type KubeClient } from "../../src/kube/kube-client.ts";
import { emptyNamespace } from "../../src/kube/reap.ts";
import { resources } from "../../src/kube/resources.ts";
import { benchCases } from "./bench-cases.ts";
import { benchClaims, type BenchSpace } from "./bench-claims.ts";
import { benchMemory } from "./bench-memory.ts";
import type { Figure } from "./figures.ts";

const NAMESPACE = "seaworthy-bench";
const PATIENCE_MS = 180_000;

/** Which cluster, and which copy of the reference driver on it. */
export interface BenchTarget {
  readonly cluster: string;
  readonly copy: string | undefined;
}

/** What was measured on a cluster that is up. */
export interface ClusterBench {
  readonly figures: readonly Figure[];
  /** Milliseconds from claim to Ready, of each pod in order. */
  readonly readyMs: readonly number[];
}

/** The cases first: they deploy the driver when it is not there, or not as it is here. */
export async function benchCluster(target: BenchTarget): Promise<ClusterBench> {
  const cases = await benchCases(target);
  const { kubeconfig } = await openCluster(clusterName(await readShape(target.cluster)));
  const kube = openKube(kubeconfig, "seaworthy-bench");
  const { profile } = await openDriver("reference", target.copy);
  const { delayed, immediate } = profile.spec.storageClasses;
  const driverNamespace = profile.spec.sockets?.controller.namespace;
  if (typeof delayed !== "string" || typeof immediate !== "string" || driverNamespace === undefined)
    throw new Error("the reference driver's profile names no classes or no namespace");
  const space: BenchSpace = { kube, namespace: NAMESPACE, delayed, immediate, image: await pauseImage(kube) };
  await emptyNamespace(kube, NAMESPACE, { timeout: PATIENCE_MS });
  await kube.create(resources.namespaces, {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: NAMESPACE },
  });
  try {
    const claims = await benchClaims(space);
    const memory = await benchMemory(kube, driverNamespace);
    return { figures: [...claims.figures, ...cases, ...memory], readyMs: claims.readyMs };
  } finally {
    await emptyNamespace(kube, NAMESPACE, { timeout: PATIENCE_MS });
  }
}

/** The one image that every node has and that does nothing. */
async function pauseImage(kube: KubeClient): Promise<string> {
  const { items } = await kube.list(resources.nodes);
  const all = items.flatMap(({ status }) => status?.images ?? []).flatMap(({ names }) => names ?? []);
  const pause = all.find((name) => /\/pause:/.test(name));
  if (pause === undefined) throw new Error("no node has a pause image");
  return pause;
}

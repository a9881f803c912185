// SPDX-License-Identifier: Apache-2.0
import { describePod, isClaimBound, isPodReady } from "../../src/kube/conditions.ts";
import type { KubeClient } from "../../src/kube/kube-client.ts";
import type { NewObject } from "../../src/kube/objects.ts";
import { resources } from "../../src/kube/resources.ts";
import { untilObject, untilObjects } from "../../src/kube/watch.ts";
import { quantile, type Figure } from "./figures.ts";

const PODS = 11;
const CLAIMS = 50;
const PATIENCE_MS = 180_000;

/** Where and with what claims are made. */
export interface BenchSpace {
  readonly kube: KubeClient;
  readonly namespace: string;
  /** Names of StorageClasses, by when they bind. */
  readonly delayed: string;
  readonly immediate: string;
  /** Of pods that do nothing. */
  readonly image: string;
}

/** How long pods wait for their volumes, one after another, and many claims made at once. */
export async function benchClaims(
  space: BenchSpace,
): Promise<{ figures: readonly Figure[]; readyMs: readonly number[] }> {
  const readyMs: number[] = [];
  for (let turn = 0; turn < PODS; turn += 1) readyMs.push(await timeToReady(space, `one-${String(turn)}`));
  const boundMs = await timeToBound(space);
  const how = `${String(PODS)} pods one after another, each with a new claim; ${quantile(readyMs, 1).toFixed(0)} ms at most`;
  return {
    readyMs,
    figures: [
      {
        name: "claim created to pod Ready: p50",
        value: quantile(readyMs, 0.5),
        unit: "ms",
        goal: { atMost: 3000 },
        how,
      },
      {
        name: `${String(CLAIMS)} claims at once, all bound`,
        value: boundMs / 1000,
        unit: "s",
        goal: { atMost: 30 },
        how: "16 MiB each, Immediate",
      },
    ],
  };
}

async function timeToReady(space: BenchSpace, name: string): Promise<number> {
  const { kube, namespace } = space;
  const started = performance.now();
  await kube.create(resources.claims, claim(space, name, space.delayed));
  await kube.create(resources.pods, pod(space, name));
  const wait = { what: `pod ${name} to be Ready`, timeout: PATIENCE_MS, named: "bench" };
  await untilObject(kube, { resource: resources.pods, namespace, name }, wait, (seen) =>
    seen !== undefined && isPodReady(seen)
      ? { done: true, value: undefined }
      : { done: false, seen: describePod(seen) },
  );
  const took = performance.now() - started;
  await kube.delete(resources.pods, { namespace, name });
  await kube.delete(resources.claims, { namespace, name });
  const gone = { what: `claim ${name} to be gone`, timeout: PATIENCE_MS, named: "bench" };
  await untilObject(kube, { resource: resources.claims, namespace, name }, gone, (seen) =>
    seen === undefined ? { done: true, value: undefined } : { done: false, seen: "still there" },
  );
  return took;
}

async function timeToBound(space: BenchSpace): Promise<number> {
  const { kube, namespace } = space;
  const names = Array.from({ length: CLAIMS }, (_, index) => `many-${String(index)}`);
  const started = performance.now();
  await Promise.all(names.map((name) => kube.create(resources.claims, claim(space, name, space.immediate))));
  const wait = { what: `${String(CLAIMS)} claims to be Bound`, timeout: PATIENCE_MS, named: "bench" };
  await untilObjects(kube, { resource: resources.claims, selection: { namespace } }, wait, (claims) => {
    const bound = [...claims.values()].filter(isClaimBound).length;
    return bound === CLAIMS
      ? { done: true, value: undefined }
      : { done: false, seen: `${String(bound)} are` };
  });
  return performance.now() - started;
}

function claim({ namespace }: BenchSpace, name: string, storageClassName: string): NewObject {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name, namespace },
    spec: { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "16Mi" } } },
  };
}

function pod({ namespace, image }: BenchSpace, name: string): NewObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace },
    spec: {
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      containers: [
        {
          name: "pause",
          image,
          imagePullPolicy: "Never",
          volumeMounts: [{ name: "data", mountPath: "/data" }],
        },
      ],
      volumes: [{ name: "data", persistentVolumeClaim: { claimName: name } }],
    },
  };
}

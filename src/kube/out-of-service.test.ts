// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { KitError } from "../support/errors.ts";
import type { KubeClient } from "./kube-client.ts";
import { returnAllToService, takeOutOfService } from "./out-of-service.ts";

const unreachable = { key: "node.kubernetes.io/unreachable", effect: "NoExecute" };
const outOfService = { key: "node.kubernetes.io/out-of-service", effect: "NoExecute" };

interface Write {
  readonly metadata: { readonly resourceVersion: string };
  readonly spec: { readonly taints: readonly object[] };
}

/** One node; the node controller writes `between` a read and the first write. */
function clusterWith(taints: readonly object[], between?: readonly object[]) {
  let version = 1;
  let now = taints;
  let pending = between;
  const node = () => ({ metadata: { name: "n", resourceVersion: String(version) }, spec: { taints: now } });
  const kube = {
    get: () => Promise.resolve(node()),
    list: () => Promise.resolve({ items: [node()] }),
    patch: (_resource: unknown, _place: unknown, { metadata, spec }: Write) => {
      if (pending !== undefined) {
        now = pending;
        version += 1;
        pending = undefined;
      }
      const details = { status: 409 };
      if (metadata.resourceVersion !== String(version))
        return Promise.reject(new KitError("KUBE_API", "conflict", { details }));
      now = spec.taints;
      return Promise.resolve();
    },
  } as unknown as KubeClient;
  return { kube, taints: () => now };
}

test("A taint that the node controller writes meanwhile is kept", async () => {
  const { kube, taints } = clusterWith([], [unreachable]);
  await takeOutOfService(kube, "n", "d");
  expect(taints()).toEqual([unreachable, { ...outOfService, value: "d" }]);
});

test("A later run takes away what a run against its own driver left, and nobody else's", async () => {
  const own = clusterWith([unreachable, { ...outOfService, value: "d" }]);
  await returnAllToService(own.kube, "d");
  expect(own.taints()).toEqual([unreachable]);
  const other = clusterWith([{ ...outOfService, value: "nodeshutdown" }]);
  await returnAllToService(other.kube, "d");
  expect(other.taints()).toEqual([{ ...outOfService, value: "nodeshutdown" }]);
});

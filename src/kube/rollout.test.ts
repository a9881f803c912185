// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { KubeClient } from "./kube-client.ts";
import type { ContainerStatus, Pod } from "./objects.ts";
import { describeUnready, untilRolledOut } from "./rollout.ts";

const metadata = { name: "node", uid: "u", creationTimestamp: "" };

function pod(name: string, status: NonNullable<Pod["status"]>): Pod {
  return { metadata: { ...metadata, name }, spec: { nodeName: "n1", containers: [] }, status };
}

const waits = (reason: string, message: string, more: Partial<ContainerStatus> = {}): ContainerStatus[] => [
  { name: "driver", ready: false, restartCount: 0, state: { waiting: { reason, message } }, ...more },
];
const noImage = waits("ImagePullBackOff", 'Back-off pulling image "x:1"');
const crashed = { lastState: { terminated: { reason: "Error", exitCode: 3 } } };
const unschedulable = [
  { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes are available" },
];

test.each([
  [
    "ImagePullBackOff",
    { containerStatuses: noImage },
    'driver waits: ImagePullBackOff: Back-off pulling image "x:1"',
  ],
  [
    "CrashLoopBackOff",
    { containerStatuses: waits("CrashLoopBackOff", "back-off 40s", crashed) },
    "driver waits: CrashLoopBackOff: back-off 40s (ended with exit code 3: Error)",
  ],
  [
    "Unschedulable",
    { conditions: unschedulable },
    "not PodScheduled: Unschedulable: 0/3 nodes are available",
  ],
  [
    "an init container",
    { initContainerStatuses: noImage, containerStatuses: waits("PodInitializing", "") },
    "container driver waits: ImagePullBackOff",
  ],
])("a pod that is not ready because of %s says so", (_what, status, words) => {
  expect(describeUnready([pod("a", { phase: "Pending", ...status })])).toContain(words);
});

test("of many pods the first ones speak, and of ready ones none", () => {
  const ready = pod("r", { conditions: [{ type: "Ready", status: "True" }] });
  expect(describeUnready([ready])).toBeUndefined();
  const all = ["a", "b", "c", "d", "e"].map((name) => pod(name, { phase: "Pending" }));
  expect(describeUnready([ready, ...all])).toBe(
    "pod a: Pending, on n1; pod b: Pending, on n1; pod c: Pending, on n1; 2 more",
  );
});

test("a rollout that times out ends with what its pods wait for", async () => {
  const workload = {
    metadata: { ...metadata, generation: 1 },
    spec: { selector: { matchLabels: { app: "node" } } },
    status: { observedGeneration: 1, desiredNumberScheduled: 2, numberAvailable: 1 },
  };
  const kube = new KubeClient({
    call: ({ path, query }) => {
      const asked = path.endsWith("/pods")
        ? [query?.["labelSelector"] === "app=node" ? noPod : ""]
        : [workload];
      return Promise.resolve(JSON.stringify({ items: asked, metadata: { resourceVersion: "1" } }));
    },
    watch: (_path, _query, _onEvent, signal) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve())),
    exec: () => Promise.reject(new Error("not asked")),
    converse: () => Promise.reject(new Error("not asked")),
  });
  const noPod = pod("node-x", { phase: "Pending", containerStatuses: noImage });
  const object = { kind: "DaemonSet", metadata: { name: "node", namespace: "driver" } };
  await expect(untilRolledOut(kube, object, { rolloutTimeout: 50 })).rejects.toMatchObject({
    code: "WAIT_TIMEOUT",
    message: expect.stringMatching(
      /1 of 2 pods available; pod node-x: Pending, .*ImagePullBackOff/,
    ) as string,
    details: { seen: expect.stringContaining("ImagePullBackOff") as string },
  });
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import {
  describeClaim,
  describePod,
  describeRollout,
  describeSnapshot,
  isPodReady,
  isRolledOut,
  isSchedulable,
  missingOfSnapshot,
  whyUnschedulable,
} from "./conditions.ts";
import type { ObjectMeta, Pod, Workload } from "./objects.ts";

const metadata: ObjectMeta = { name: "a", uid: "u", creationTimestamp: "2026-01-01T00:00:00Z" };
const pod = (part: Partial<Pod>): Pod => ({ metadata, spec: { containers: [] }, ...part });

test("A pod is Ready only when it is not being deleted", () => {
  const status = { conditions: [{ type: "Ready", status: "True" }] };
  expect(isPodReady(pod({ status }))).toBe(true);
  expect(
    isPodReady(pod({ status, metadata: { ...metadata, deletionTimestamp: "2026-01-01T00:00:01Z" } })),
  ).toBe(false);
  expect(isPodReady(pod({}))).toBe(false);
});

test("A pod that waits says why", () => {
  const message = "0/6 nodes are available: 6 node(s) had volume node affinity conflict.";
  const pending = pod({
    status: {
      phase: "Pending",
      conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message }],
    },
  });
  expect(whyUnschedulable(pending)).toBe(message);
  expect(describePod(pending)).toBe(`Pending, not PodScheduled: Unschedulable: ${message}`);
  expect(describePod(undefined)).toBe("no such pod");
  const starting = pod({
    spec: { nodeName: "n", containers: [] },
    status: {
      phase: "Pending",
      containerStatuses: [
        { name: "c", ready: false, restartCount: 0, state: { waiting: { reason: "ErrImagePull" } } },
      ],
    },
  });
  expect(describePod(starting)).toBe("Pending, on n, container c waits: ErrImagePull");
});

test("A claim says its phase, volume and selected node", () => {
  const annotations = { "volume.kubernetes.io/selected-node": "n" };
  expect(
    describeClaim({ metadata: { ...metadata, annotations }, spec: {}, status: { phase: "Pending" } }),
  ).toBe("Pending, without a volume, selected-node n");
  expect(describeClaim({ metadata, spec: { volumeName: "v" }, status: { phase: "Bound" } })).toBe(
    "Bound, volume v",
  );
});

test("A snapshot is ready when all four facts are there", () => {
  const ready = {
    readyToUse: true,
    creationTime: "t",
    restoreSize: "1",
    boundVolumeSnapshotContentName: "c",
  };
  expect(missingOfSnapshot({ metadata, status: ready })).toEqual([]);
  expect(describeSnapshot({ metadata, status: ready })).toBe("ready to use");
  expect(
    describeSnapshot({ metadata, status: { ...ready, readyToUse: false, error: { message: "no room" } } }),
  ).toBe("without readyToUse; error: no room");
  expect(missingOfSnapshot({ metadata })).toHaveLength(4);
});

test.each<[string, Omit<Workload, "metadata">, boolean, string]>([
  [
    "all replicas",
    {
      spec: { replicas: 2 },
      status: { observedGeneration: 3, replicas: 2, readyReplicas: 2, updatedReplicas: 2 },
    },
    true,
    "2 of 2 replicas ready, 2 exist",
  ],
  [
    "an old generation",
    {
      spec: { replicas: 2 },
      status: { observedGeneration: 2, replicas: 2, readyReplicas: 2, updatedReplicas: 2 },
    },
    false,
    "2 of 2 replicas ready, 2 exist",
  ],
  [
    "an old replica left",
    {
      spec: { replicas: 1 },
      status: { observedGeneration: 3, replicas: 2, readyReplicas: 1, updatedReplicas: 1 },
    },
    false,
    "1 of 1 replicas ready, 2 exist",
  ],
  [
    "all nodes",
    {
      status: {
        observedGeneration: 3,
        desiredNumberScheduled: 2,
        updatedNumberScheduled: 2,
        numberAvailable: 2,
      },
    },
    true,
    "2 of 2 pods available",
  ],
  [
    "a node missing",
    {
      status: {
        observedGeneration: 3,
        desiredNumberScheduled: 2,
        updatedNumberScheduled: 2,
        numberAvailable: 1,
      },
    },
    false,
    "1 of 2 pods available",
  ],
])("A rollout with %s", (_what, parts, done, words) => {
  const workload: Workload = { metadata: { ...metadata, generation: 3 }, ...parts };
  expect(isRolledOut(workload)).toBe(done);
  expect(describeRollout(workload)).toBe(words);
});

test("A tainted, cordoned or unready node takes no pods", () => {
  const status = { conditions: [{ type: "Ready", status: "True" }] };
  expect(isSchedulable({ metadata, status })).toBe(true);
  expect(isSchedulable({ metadata, status, spec: { unschedulable: true } })).toBe(false);
  expect(
    isSchedulable({ metadata, status, spec: { taints: [{ key: "control-plane", effect: "NoSchedule" }] } }),
  ).toBe(false);
  expect(isSchedulable({ metadata })).toBe(false);
});

// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test } from "vitest";
import type { Pod } from "../../kube/objects.ts";
import { WorkerWatch } from "./worker-watch.ts";

let said: string[] = [];
let now = 0;
let watch: WorkerWatch;

beforeEach(() => {
  said = [];
  now = 0;
  watch = new WorkerWatch(
    (index, what) => said.push(`${String(index)} ${what}`),
    () => now,
  );
});

function pod(
  name: string,
  status: NonNullable<Pod["status"]> = { phase: "Running" },
): { index: number; pod: Pod } {
  const metadata = { name, uid: name, creationTimestamp: "" };
  return { index: 0, pod: { metadata, spec: { nodeName: "n", containers: [] }, status } };
}

const never = (): boolean => false;

test("a pod that is removed is a loss once, and the next that runs is no loss", () => {
  watch.look([pod("a")], never);
  watch.look([], never);
  watch.look([pod("b")], never);
  watch.look([pod("b")], never);
  expect(said).toEqual(["0 runs on n", "0 was lost: a on n: its pod was removed", "0 runs on n"]);
  expect([...watch.lost]).toEqual([[0, ["a on n: its pod was removed"]]]);
});

test.each([
  [{ exitCode: 2, message: "seaworthy: no cluster\n  Hint: x\n" }, "exit code 2: seaworthy: no cluster"],
  [{ exitCode: 137, reason: "OOMKilled" }, "exit code 137: OOMKilled"],
])("how a pod ended stands in its own words: %j", (terminated, words) => {
  const containerStatuses = [{ name: "kit", ready: false, restartCount: 0, state: { terminated } }];
  watch.look([pod("a", { phase: "Failed", containerStatuses })], never);
  expect(watch.lost.get(0)).toEqual([`a on n: ${words}`]);
});

test("a pod that was deleted, and one that was evicted", () => {
  const interrupted = { exitCode: 130, message: "seaworthy: interrupted" };
  const containerStatuses = [
    { name: "kit", ready: false, restartCount: 0, state: { terminated: interrupted } },
  ];
  const deleted = pod("a", { phase: "Failed", containerStatuses });
  const metadata = { ...deleted.pod.metadata, deletionTimestamp: "2026-11-26T13:33:39Z" };
  const conditions = [{ type: "DisruptionTarget", status: "True", message: "Eviction API: evicting" }];
  const evicted = pod("b", { phase: "Failed", containerStatuses, conditions });
  watch.look([{ ...deleted, pod: { ...deleted.pod, metadata } }, evicted], never);
  expect(watch.lost.get(0)).toEqual([
    "a on n: its pod was deleted",
    "b on n: exit code 130: Eviction API: evicting",
  ]);
});

test("a pod that ends before its report was taken is lost, and after it is not", () => {
  watch.look([pod("a", { phase: "Succeeded" })], never);
  expect(watch.lost.get(0)).toEqual(["a on n: it ended before its report was taken"]);
  watch.look([pod("b")], () => true);
  watch.look([], () => true);
  expect(watch.lost.get(0)).toHaveLength(1);
});

test("an image that cannot be pulled is given two minutes, one that never can none", () => {
  const waits = (reason: string): { index: number; pod: Pod } => {
    const state = { waiting: { reason, message: "no such image" } };
    const containerStatuses = [{ name: "kit", ready: false, restartCount: 0, state }];
    return pod("a", { phase: "Pending", containerStatuses });
  };
  watch.look([waits("ImagePullBackOff")], never);
  now = 120_000;
  expect(() => watch.look([waits("ImagePullBackOff")], never)).toThrow("ImagePullBackOff: no such image");
  now = 0;
  expect(() => watch.look([waits("InvalidImageName")], never)).toThrow("InvalidImageName");
});

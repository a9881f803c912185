// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readShape, shapeNodes } from "../shape.ts";
import { kindConfig, kindWorkerName } from "./kind-config.ts";

interface Parsed {
  readonly nodes: readonly { readonly role: string; readonly labels?: Readonly<Record<string, string>> }[];
  readonly kubeadmConfigPatches: readonly string[];
}

const options = { clusterName: "sw-three-zones", image: "node:1", cgroupVersion: 1, mounts: [] } as const;

test("three-zones is one control plane and two workers in each of three zones, each in a rack of its own", async () => {
  const { nodes } = parse(kindConfig(await readShape("three-zones"), options)) as Parsed;
  expect(nodes.map((node) => node.role)).toEqual([
    "control-plane",
    ...Array.from({ length: 6 }, () => "worker"),
  ]);
  const zones = nodes.flatMap((node) => node.labels?.["topology.kubernetes.io/zone"] ?? []);
  expect(zones).toEqual(["zone-a", "zone-a", "zone-b", "zone-b", "zone-c", "zone-c"]);
  expect(new Set(nodes.flatMap((node) => node.labels?.["topology.seaworthy.dev/rack"] ?? [])).size).toBe(6);
});

test.each([
  [1, true],
  [2, false],
] as const)("kubelet is told to accept cgroup v%i: %s", async (cgroupVersion, told) => {
  const { kubeadmConfigPatches } = parse(
    kindConfig(await readShape("one-zone"), { ...options, cgroupVersion }),
  ) as Parsed;
  expect(kubeadmConfigPatches.join("").includes("failCgroupV1: false")).toBe(told);
});

test("Workers are named as kind names them", () => {
  expect([0, 1, 5].map((index) => kindWorkerName("c", index))).toEqual([
    "c-worker",
    "c-worker2",
    "c-worker6",
  ]);
});

test("Sizes become bytes", async () => {
  expect(shapeNodes(await readShape("one-zone")).map((node) => node.pools[0]?.bytes)).toEqual([
    2 ** 32,
    2 ** 32,
  ]);
});

test.each([
  ["with an extender", true, 2],
  ["without one", false, 1],
])("kube-scheduler gets a configuration only in a shape %s", async (_words, extender, patches) => {
  const shape = await readShape("one-zone");
  const chosen = { ...shape, spec: { ...shape.spec, scheduler: { extender, capacityObjects: true } } };
  const { kubeadmConfigPatches } = parse(kindConfig(chosen, options)) as Parsed;
  expect(kubeadmConfigPatches).toHaveLength(patches);
  expect(kubeadmConfigPatches.join("").includes("/etc/seaworthy/scheduler/scheduler.yaml")).toBe(extender);
});
